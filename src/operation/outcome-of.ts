import {asAuroraError, HookDenied, type HookFailure} from '../model/errors.ts'
import type {RunEnd} from '../model/events.ts'
import type {Outcome} from '../model/outcome.ts'
import {interrupted, isAbort} from './interrupted.ts'
import {AnswerLost, type Ledger} from './ledger.ts'

/** How a run ends that something was thrown out of. */
export function failedOutcome(thrown: unknown, ledger: Ledger): Exclude<Outcome<never>, {status: 'applied' | 'planned'}> {
  const done = ledger.done.join('; ')
  const left = leftOf(ledger, thrown instanceof AnswerLost)
  if (thrown instanceof AnswerLost) {
    return {status: 'unknown', error: thrown.error, findOut: thrown.findOut, ...(done === '' ? {} : {done}), ...left}
  }
  const error = isAbort(thrown) ? interrupted() : asAuroraError(thrown)
  // What an earlier attempt was about to do, and this one has not come to look up.
  if (ledger.doubt) return {status: 'unknown', error, findOut: ledger.doubt.findOut, ...(done === '' ? {} : {done}), ...left}
  return done === '' ? {status: 'not-applied', error} : {status: 'partly', error, done, ...left}
}

/** What was not done; a step of which something is in doubt knows best what it was yet to do. */
function leftOf({left}: Ledger, inDoubt: boolean): {left?: string} {
  if (!left) return {}
  const all = inDoubt && !left.said ? left.later : [left.step, ...left.later]
  return all.length === 0 ? {} : {left: all.join('; ')}
}

/** What is to be said of an outcome beside its status. */
export function runEnd(outcome: Outcome): RunEnd | undefined {
  if (outcome.status === 'applied' || outcome.status === 'planned') return undefined
  const {code, message} = outcome.error
  const done = 'done' in outcome && outcome.done !== undefined ? {done: outcome.done} : {}
  const left = 'left' in outcome && outcome.left !== undefined ? {left: outcome.left} : {}
  return {code, message, ...done, ...left, ...(outcome.status === 'unknown' ? {findOut: outcome.findOut} : {})}
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
