import type {Response, Result, ResponseCode} from '@auroractl/cli/thrift'

/** An answer without the serverInfo, which every answer gets on its way out. */
export type Answer = Omit<Response, 'serverInfo'>

/** A refusal, thrown wherever it is found; nothing has changed then. */
export class Refusal extends Error {
  readonly code: ResponseCode
  constructor(code: ResponseCode, message: string) {
    super(message)
    this.code = code
  }
}

export function invalid(message: string): Refusal {
  return new Refusal('INVALID_REQUEST', message)
}

export function ok(result?: Result, message?: string): Answer {
  return {responseCode: 'OK', ...(result ? {result} : {}), details: message === undefined ? [] : [{message}]}
}

export function refused({code, message}: Refusal): Answer {
  return {responseCode: code, details: [{message}]}
}
