import type {Response} from '../model/gen/types.ts'
import {SchedulerError} from '../model/errors.ts'
import {ExitCode} from '../model/exit-code.ts'

export interface FailureReport {
  /** The line above the scheduler's words. */
  header?: string
  exitCode?: ExitCode
}

/** What the scheduler says beside its code. */
export function responseMessage(response: Response): string {
  return response.details.map((detail) => detail.message || 'Unknown error').join(', ')
}

/** @throws SchedulerError in the words of reference/commands.md §4 unless the answer is OK. */
export function requireOk(response: Response, {header = 'Command failure:', exitCode = ExitCode.api}: FailureReport = {}): void {
  const {responseCode} = response
  if (responseCode === 'OK') return
  const lines = [header, `\t${responseMessage(response)}`]
  if (responseCode === 'JOB_UPDATING_ERROR') {
    lines.push('\tError: job is locked by an active update.', "      Run 'aurora update abort' or wait for the active update to finish.")
  }
  throw new SchedulerError(lines.join('\n'), {code: `scheduler.${responseCode.toLowerCase().replaceAll('_', '-')}`, exitCode})
}
