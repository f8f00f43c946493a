import type {AuroraError} from './errors.ts'
import {ExitCode} from './exit-code.ts'
import type {PlannedEffect} from './planned-effect.ts'

/**
 * How an operation ended. `applied` is also "there was nothing to do"; `partly` says what was done before the error;
 * `unknown` says how to find out whether a call whose answer was lost took effect, and what was done before it; both say what is left.
 * `planned` is the end of a dry run: what would have been done.
 */
export type Outcome<Result = unknown> =
  | {status: 'applied'; result: Result}
  | {status: 'planned'; effects: readonly PlannedEffect[]}
  | {status: 'partly'; error: AuroraError; done: string; left?: string}
  | {status: 'not-applied'; error: AuroraError}
  | {status: 'unknown'; error: AuroraError; findOut: string; done?: string; left?: string}

/** An operation that was done in part fails with 4, but for these: what was waited for was late, or the user stopped it. */
const KEPT_WHEN_PARTLY: ReadonlySet<ExitCode> = new Set([ExitCode.timeout, ExitCode.interrupted])

/** The exit code of a command whose operation ended so. */
export function exitCodeOf(outcome: Outcome): ExitCode {
  switch (outcome.status) {
    case 'applied':
    case 'planned':
      return ExitCode.ok
    case 'partly':
      return KEPT_WHEN_PARTLY.has(outcome.error.exitCode) ? outcome.error.exitCode : ExitCode.commandFailure
    case 'not-applied':
    case 'unknown':
      return outcome.error.exitCode
  }
}
