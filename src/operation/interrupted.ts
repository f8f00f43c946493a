import {type AuroraError, UserError} from '../model/errors.ts'
import {ExitCode} from '../model/exit-code.ts'

/** What waiting for something ends with when the run is interrupted. */
export function isAbort(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === 'AbortError'
}

/** The error of a run that the user stopped. */
export function interrupted(): AuroraError {
  return new UserError('Command interrupted by user', {code: 'interrupted', exitCode: ExitCode.interrupted})
}
