import {type AuroraError, asAuroraError, HookDenied, type HookFailure, UserError} from '../model/errors.ts'
import type {RunEnd} from '../model/events.ts'
import {ExitCode} from '../model/exit-code.ts'
import type {Outcome} from '../model/outcome.ts'
import {AnswerLost, type Ledger} from './ledger.ts'

/** How a run ends that something was thrown out of. */
export function failedOutcome(thrown: unknown, ledger: Ledger): Exclude<Outcome<never>, {status: 'applied' | 'planned'}> {
  const done = ledger.done.join('; ')
  if (thrown instanceof AnswerLost) {
    return {status: 'unknown', error: thrown.error, findOut: thrown.findOut, ...(done === '' ? {} : {done})}
  }
  const error = isAbort(thrown) ? interrupted() : asAuroraError(thrown)
  return done === '' ? {status: 'not-applied', error} : {status: 'partly', error, done}
}

/** What is to be said of an outcome beside its status. */
export function runEnd(outcome: Outcome): RunEnd | undefined {
  if (outcome.status === 'applied' || outcome.status === 'planned') return undefined
  const {code, message} = outcome.error
  const done = 'done' in outcome && outcome.done !== undefined ? {done: outcome.done} : {}
  return {code, message, ...done, ...(outcome.status === 'unknown' ? {findOut: outcome.findOut} : {})}
}

/** What waiting for something ends with when the run is interrupted. */
function isAbort(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === 'AbortError'
}

/** The error of a run that the user stopped. */
export function interrupted(): AuroraError {
  return new UserError('Command interrupted by user', {code: 'interrupted', exitCode: ExitCode.interrupted})
}

/** The error of an operation that hooks stopped, with every reason. */
export function denied(operation: string, failures: readonly HookFailure[]): HookDenied {
  const reasons = failures.map(({hook, source, reason}) => `  ${hook} (${source}): ${reason}`)
  return new HookDenied(
    `${operation} was denied by ${failures.length === 1 ? 'a hook' : `${failures.length} hooks`}:\n${reasons.join('\n')}`,
    {
      code: 'hook.denied',
      failures,
    },
  )
}
