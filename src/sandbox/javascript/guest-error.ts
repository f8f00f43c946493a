import {originalPlaces, type Place} from './original.ts'
import type {GuestFault} from './protocol.ts'

/** How sandboxed code failed: `timeout` and `crash` cost the child process, `cpu` and `memory` at least the isolate. */
export type GuestErrorKind = GuestFault | 'timeout' | 'crash'

/** Sandboxed code failed, or was stopped. Callers say whose code it was. */
export class GuestError extends Error {
  override readonly name = 'GuestError'
  readonly kind: GuestErrorKind
  /** Where in the guest's own files: `hooks/no-prod-kill.js:3`. */
  readonly location: string | undefined

  constructor(kind: GuestErrorKind, message: string, location?: string) {
    super(message)
    this.kind = kind
    this.location = location
  }
}

/** More lines than a stack has; its text is the guest's. */
const MAX_FRAMES = 50
/** The end of a line is where its place is. */
const LINE_CHARS = 500

/**
 * Where in the guest's modules, each with its source map if it has one, a stack leads: the first place, and for one in foreign code
 * also that of the guest's own call.
 */
export function locate(stack: string | undefined, modules: ReadonlyMap<string, string | undefined>): string | undefined {
  const originals = new Map<string, ReturnType<typeof originalPlaces>>()
  const places = stack?.split('\n', MAX_FRAMES).flatMap((text) => {
    const [, start = '', line, column] = /([^\s([][^([]*):(\d+):(\d+)\)?\]?$/.exec(text.slice(-LINE_CHARS)) ?? []
    const name = [...modules.keys()].find((module) => start === module || start.endsWith(` ${module}`))
    if (name === undefined) return []
    const map = modules.get(name)
    if (map === undefined) return [{name, line: Number(line), foreign: false}]
    const original = originals.get(name) ?? originalPlaces(map)
    originals.set(name, original)
    return original(Number(line), Number(column)) ?? []
  })
  const first = places?.[0]
  if (!first?.foreign) return first && show(first)
  const own = places?.find(({foreign}) => !foreign)
  return own ? `${show(first)}, called at ${show(own)}` : show(first)
}

const show = ({name, line}: Place) => `${name}:${line}`
