import {type AuroraError, SchedulerError} from '../../model/errors.ts'
import type {JsonObject} from '../../model/json.ts'
import type {ApiCall} from '../../operation/api-call.ts'
import {toSimpleJson} from '../../scheduler/thrift/simple-json.ts'

/** The names under which hooks know why a call has no answer. */
const KINDS: Readonly<Record<string, string>> = {
  'scheduler.timeout': 'TimeoutError',
  'scheduler.unreachable': 'TimeoutError',
  'scheduler.transient': 'TransientError',
  'scheduler.auth': 'AuthError',
  'scheduler.lost': 'NotRetriableError',
  'scheduler.http': 'NotRetriableError',
}

/** What `post_` and `err_` methods are told: the response, the response that is an error, or why there is none. */
export function toldOutcome({response}: ApiCall, error: AuroraError | undefined): JsonObject {
  // A change that was only looked up has no more to tell than that it is done.
  if (!error) return toSimpleJson('Response', response ?? {responseCode: 'OK', details: []})
  const refused = error instanceof SchedulerError && error.sent === 'answered' && response
  return refused ? {response: toSimpleJson('Response', response)} : {kind: KINDS[error.code] ?? 'Error', message: error.message}
}
