import {UserError} from '../model/errors.ts'
import {ExitCode} from '../model/exit-code.ts'

/** The most time for one program, unless the caller says otherwise. */
export const LIMIT_MS = 30_000

/** Why a configuration is not taken; whoever wrote it can do something about it. */
export function refused(message: string, code: string, remedy?: string): UserError {
  return new UserError(message, {code, exitCode: ExitCode.invalidConfiguration, ...(remedy === undefined ? {} : {remedy})})
}

/** It ran for too long; the place where it was then is in brackets, if it is known. */
export function overdue(file: string, limitMs: number, place = ''): UserError {
  return refused(`${file} did not end within ${limitMs / 1000} s${place}`, 'config.timeout', 'Look for a loop that never ends.')
}
