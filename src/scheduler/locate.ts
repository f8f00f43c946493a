import type {Cluster} from '../cluster/cluster.ts'
import {UserError} from '../model/errors.ts'
import {ExitCode} from '../model/exit-code.ts'

/** Where the cluster's scheduler is called. @throws UserError (exit 3) when its entry does not tell. */
export async function locate(cluster: Cluster): Promise<URL> {
  // ZooKeeper takes precedence (reference/surprises.md 20), so a scheduler_uri beside it does not help.
  if (cluster.zk !== undefined) {
    throw invalid(
      `Cluster ${cluster.name} is found through ZooKeeper (zk), which is not supported yet`,
      'Give it a scheduler_uri in place of zk.',
    )
  }
  if (cluster.schedulerUri === undefined) {
    throw invalid(`"${cluster.name}" does not specify zk or scheduler_uri`, `Add its scheduler_uri in ${cluster.source}.`)
  }
  return new URL(cluster.schedulerUri)
}

/** An unknown mechanism is refused, never passed over in silence (reference/surprises.md 21). @throws UserError (exit 3) */
export function checkAuthentication(cluster: Cluster): void {
  if (cluster.authMechanism === 'UNAUTHENTICATED') return
  throw invalid(
    `Cluster ${cluster.name} asks for the authentication '${cluster.authMechanism}', which is not supported`,
    `Correct auth_mechanism in ${cluster.source}.`,
  )
}

function invalid(message: string, remedy: string): UserError {
  return new UserError(message, {code: 'cluster.not-usable', exitCode: ExitCode.invalidConfiguration, remedy})
}
