import type {Json, JsonObject} from '../model/json.ts'
import {isHook} from './handed-over.ts'
import type {Inputs} from './inputs.ts'
import type {Evaluation} from './loader.ts'

/** An evaluation with all that it depended on, as it is kept. */
export interface CacheEntry {
  /** The configuration's real path, for people. */
  readonly file: string
  /** When it was evaluated, in milliseconds. */
  readonly made: number
  readonly inputs: Inputs
  readonly evaluation: Evaluation
  /** What the file printed. */
  readonly output: string
}

/** Changes with the shape of what is written. */
const FORMAT = 2

export function writeEntry({inputs, ...entry}: CacheEntry): string {
  const {files, looks, variables, ...others} = inputs
  return JSON.stringify({format: FORMAT, ...entry, inputs: {...others, files: [...files], looks: [...looks], variables: [...variables]}})
}

/** The entry in a text; undefined where it is none. What its records hold is read with the rules of any configuration. */
export function readEntry(text: string): CacheEntry | undefined {
  let json: Json
  try {
    json = JSON.parse(text) as Json
  } catch {
    return undefined
  }
  if (!isObject(json) || json['format'] !== FORMAT) return undefined
  const {file, made, output, evaluation} = json
  const inputs = readInputs(json['inputs'])
  if (!inputs || !isText(file) || !isText(output) || typeof made !== 'number' || !isEvaluation(evaluation)) return undefined
  return {...(json as unknown as CacheEntry), inputs}
}

function readInputs(json: Json | undefined): Inputs | undefined {
  if (!isObject(json)) return undefined
  const {files, looks, variables, salt} = json
  if (
    !isText(salt) ||
    !isPairs(files, isText) ||
    !isPairs(looks, isText) ||
    !looks.every(([look]) => isLook(look)) ||
    !isPairs(variables, (value) => value === null || isText(value))
  )
    return undefined
  return {
    ...(json as unknown as Inputs),
    files: new Map(files as [string, string][]),
    looks: new Map(looks as [string, string][]),
    variables: new Map(variables as [string, string | null][]),
  }
}

function isEvaluation(json: Json | undefined): boolean {
  if (!isObject(json)) return false
  const {records, warnings, hooks} = json
  const {types, objects, jobs, files = []} = isObject(records) ? records : {}
  return (
    [types, objects, jobs].every(Array.isArray) &&
    isListOf(files, isText) &&
    isListOf(hooks, isHook) &&
    isListOf(warnings, (each) => isObject(each) && isText(each['path']) && isText(each['message']))
  )
}

function isPairs(json: Json | undefined, isValue: (json: Json | undefined) => boolean): json is [string, Json][] {
  return isListOf(json, (pair) => Array.isArray(pair) && pair.length === 2 && isText(pair[0]) && isValue(pair[1]))
}

/** What was asked, as JSON: the kind of look, and the path. */
function isLook(text: string): boolean {
  try {
    return isListOf(JSON.parse(text) as Json, isText)
  } catch {
    return false
  }
}

function isListOf(json: Json | undefined, isItem: (json: Json) => boolean): boolean {
  return Array.isArray(json) && json.every(isItem)
}

function isText(json: Json | undefined): json is string {
  return typeof json === 'string'
}

function isObject(json: Json | undefined): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}
