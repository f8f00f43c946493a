import type {Json} from '../../model/json.ts'
import {GuestException} from './errors.ts'

/** What Python may call on the host by name: plain data in, plain data out, answered before it returns. Never call into Python from here. */
export type HostHandlers = Readonly<Record<string, (...args: Json[]) => Json | undefined | void>>

const decoder = new TextDecoder()
const encoder = new TextEncoder()

/** Answers one request, `[name, …arguments]`, with `[true, value]` or `[false, type of exception, message]`. Nothing in it is trusted. */
export function answerHost(handlers: HostHandlers, request: Uint8Array): Uint8Array {
  return encoder.encode(JSON.stringify(answer(handlers, request)))
}

function answer(handlers: HostHandlers, request: Uint8Array): Json[] {
  try {
    const call: unknown = parse(request)
    if (!Array.isArray(call) || typeof call[0] !== 'string')
      throw new GuestException('ValueError', 'a host request is a list that begins with a name')
    const [name, ...args] = call as [string, ...Json[]]
    const handler = Object.hasOwn(handlers, name) ? handlers[name] : undefined
    if (!handler) throw new GuestException('NameError', `the host has no function '${name.slice(0, 100)}'`)
    return [true, handler(...args) ?? null]
  } catch (error) {
    return [false, error instanceof GuestException ? error.type : 'HostError', error instanceof Error ? error.message : String(error)]
  }
}

function parse(request: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(request))
  } catch {
    throw new GuestException('ValueError', 'a host request is not JSON')
  }
}
