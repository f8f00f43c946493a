import {ExitCode, UserError} from '@auroractl/cli'

/** What the daemon said when it could not start, as an error of the host. */
export function failure({message, code, remedy}: {message: string; code: string; remedy: string}): UserError {
  return new UserError(message, {
    code,
    remedy,
    exitCode: code === 'local.port-taken' ? ExitCode.invalidParameter : ExitCode.commandFailure,
  })
}
