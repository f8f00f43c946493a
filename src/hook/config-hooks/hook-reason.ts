import type {HookAnswer, FailedAnswer, HookSaid} from '../../config/protocol.ts'
import type {Json} from '../../model/json.ts'
import {INTERNAL_FILE} from '../../sandbox/python/bootstrap.ts'
import {safeText} from '../../terminal/safe-text.ts'

const MAX_REASON = 2_000

/** Why a hook speaks against a call, or what went wrong in it; undefined when nothing did. */
export function reasonAgainst(method: string, answer: HookAnswer, limitMs: number): string | undefined {
  switch (answer.kind) {
    case 'said':
      return readSaid(answer.said).passed === false ? `${method} returned False` : undefined
    case 'lost':
      return `${method} could not be asked: ${answer.reason}`
    case 'failed': {
      const what = answer.overdue ? `did not end within ${limitMs / 1000} s` : `raised ${raised(answer)}`
      return safeText(`${method} ${what}${place(answer)}`).slice(0, MAX_REASON)
    }
  }
}

function raised({type, message}: FailedAnswer): string {
  return message === '' ? type : `${type}: ${message}`
}

/** The innermost line of the user's files. */
function place({frames}: FailedAnswer): string {
  const own = frames.findLast(({file}) => !file.startsWith(INTERNAL_FILE) && !file.startsWith('/lib/python'))
  return own ? ` (${own.file}, line ${own.line})` : ''
}

/** What a hook said, which may be anything. */
export function readSaid(said: Json): HookSaid {
  if (typeof said !== 'object' || said === null || Array.isArray(said)) return {method: null, passed: false}
  const {method, passed, empty} = said
  return {
    method: typeof method === 'string' ? method : null,
    passed: method === null || passed === true,
    ...(typeof empty === 'string' ? {empty} : {}),
  }
}
