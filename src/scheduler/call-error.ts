import type {Cluster} from '../cluster/cluster.ts'
import {SchedulerError} from '../model/errors.ts'
import {ExitCode} from '../model/exit-code.ts'
import type {MethodName} from '../model/gen/types.ts'
import type {CallFailure} from './call-failure.ts'
import {isRead} from './retry.ts'

/** A failed call as its caller sees it, after the last attempt (exit codes: reference/clusters.md §6). */
export function callError(cluster: Cluster, url: URL, method: MethodName, failure: CallFailure): SchedulerError {
  const at = `${cluster.name} at ${url.origin}`
  const options = {code: `scheduler.${failure.kind}`, sent: failure.sent, cause: failure}
  switch (failure.kind) {
    case 'unreachable':
      return new SchedulerError(`Could not connect to the scheduler of ${at}: ${failure.message}`, {
        ...options,
        exitCode: ExitCode.timeout,
        remedy: startRemedy(cluster, url),
      })
    case 'timeout':
      return new SchedulerError(`Timed out attempting to issue ${method} to ${at}: ${failure.message}`, {
        ...options,
        exitCode: ExitCode.timeout,
        remedy: 'See whether the scheduler is well; AURORA_RPC_TIMEOUT (for example 2m) gives it more time.',
      })
    case 'transient':
      return new SchedulerError(`Timed out attempting to issue ${method} to ${at}: ${failure.message}`, {
        ...options,
        exitCode: ExitCode.timeout,
        remedy: 'The scheduler is not ready, perhaps because its leader changes: try again later.',
      })
    case 'auth':
      return new SchedulerError(`The scheduler of ${at} refused ${method}: ${failure.message}`, {...options, exitCode: ExitCode.auth})
    case 'lost':
    case 'http':
      if (isRead(method)) {
        return new SchedulerError(`Transport error communicating with the scheduler of ${at} during ${method}: ${failure.message}`, {
          ...options,
          exitCode: failure.passing ? ExitCode.timeout : ExitCode.network,
          remedy: startRemedy(cluster, url),
        })
      }
      return new SchedulerError(
        `Transport error communicating with the scheduler of ${at} during non-idempotent operation ${method}: ${failure.message}, not retrying`,
        {...options, exitCode: ExitCode.network},
      )
    case 'redirect':
    case 'protocol':
      return new SchedulerError(`Error during thrift call ${method} to ${at}: ${failure.message}`, {
        ...options,
        exitCode: ExitCode.internal,
        remedy: `See whether ${url.origin} is Aurora's scheduler (${cluster.source}).`,
      })
  }
}

function startRemedy(cluster: Cluster, url: URL): string {
  return cluster.local ? "Start it with 'aurora local start'." : `See whether the scheduler runs at ${url.origin} (${cluster.source}).`
}
