import type {Json} from '../model/json.ts'
import type {ConfigHook, HandedOver} from './protocol.ts'

/** Whether an interpreter handed over what it should: a program can put anything in the place of it. What records hold is looked at when they are read. */
export function isHandedOver(given: {readonly [Key in keyof HandedOver]?: unknown}): boolean {
  const {objects, jobs, files, hooks, warnings} = given
  return (
    [objects, jobs].every(Array.isArray) &&
    isListOf(files, isText) &&
    isListOf(hooks, isHook) &&
    isListOf(warnings, (each) => isWarning(each))
  )
}

/** The same of what a file defines by name. */
export function isExported(given: unknown): given is {objects: Json[][]; exports: [string, Json][]} {
  if (typeof given !== 'object' || given === null) return false
  const {objects, exports} = given as {objects?: unknown; exports?: unknown}
  return isListOf(objects, Array.isArray) && isListOf(exports, (pair) => Array.isArray(pair) && isText(pair[0]))
}

/** Whether it describes an object in `hooks = […]`. */
export function isHook(given: unknown): given is ConfigHook {
  if (typeof given !== 'object' || given === null) return false
  const {name, methods} = given as {name?: unknown; methods?: unknown}
  return isText(name) && isListOf(methods, isText)
}

function isWarning(given: unknown): boolean {
  return Array.isArray(given) && isText(given[0]) && typeof given[1] === 'number' && isText(given[2])
}

function isListOf(given: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(given) && given.every((item) => isItem(item))
}

function isText(given: unknown): given is string {
  return typeof given === 'string'
}
