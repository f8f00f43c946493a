import type {Json, JsonObject} from '../../model/json.ts'
import {GuestError} from './guest-error.ts'

export type Outcome = {answer: Json | undefined; state: JsonObject} | {thrown: {message: string; stack: string | undefined}}

const MAX_DEPTH = 64

/** What a guest left behind, from text that it made: nothing in it is taken on trust. @throws GuestError */
export function parseOutcome(text: string, resultChars: number): Outcome {
  if (text.length > resultChars) throw new GuestError('threw', `its answer is larger than ${resultChars} characters`)
  const value = parse(text)
  requirePlain(value, MAX_DEPTH)
  if (!isObject(value)) throw new GuestError('threw', 'it broke the code that runs it')
  const {thrown, answer, state} = value as Partial<JsonObject>
  if (isObject(thrown)) {
    const {message, stack} = thrown as Partial<JsonObject>
    return {
      thrown: {message: typeof message === 'string' ? message : 'it threw something', stack: typeof stack === 'string' ? stack : undefined},
    }
  }
  if (!isObject(state)) throw new GuestError('threw', 'ctx.state must stay an object')
  return {answer, state}
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    throw new GuestError('threw', 'it broke the code that runs it')
  }
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Refuses what could surprise code that copies or walks the value: `__proto__` as a name, and depth. */
function requirePlain(value: Json, depth: number): void {
  if (typeof value !== 'object' || value === null) return
  if (depth === 0) throw new GuestError('threw', `its answer is nested more than ${MAX_DEPTH} levels deep`)
  if (Object.hasOwn(value, '__proto__')) throw new GuestError('threw', "its answer has a field named '__proto__'")
  for (const item of Object.values(value)) requirePlain(item, depth - 1)
}
