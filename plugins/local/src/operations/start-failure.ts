import {ExitCode, SchedulerError, UserError} from '@auroractl/cli'
import {clusterFiles} from '../daemon/options.ts'
import {tailLines} from './log-tail.ts'
import {type ClusterPlace, nameFlag} from './place.ts'

/** What the daemon said when it could not start, as an error of the host. */
export function failure({message, code, remedy}: {message: string; code: string; remedy: string}): UserError {
  return new UserError(message, {
    code,
    remedy,
    exitCode: code === 'local.port-taken' ? ExitCode.invalidParameter : ExitCode.commandFailure,
  })
}

export function notAnswering(place: ClusterPlace, limitMs: number): SchedulerError {
  const tail = tailLines(clusterFiles(place.folder).log, 5)?.lines ?? []
  return new SchedulerError(
    [`The cluster '${place.name}' does not answer within ${limitMs / 1000} s:`, ...tail.map((line) => `  ${line}`)].join('\n'),
    {
      code: 'local.no-answer',
      exitCode: ExitCode.timeout,
      remedy: `aurora local stop${nameFlag(place)} && aurora local start${nameFlag(place)}`,
    },
  )
}
