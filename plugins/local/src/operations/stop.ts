import {existsSync} from 'node:fs'
import {ExitCode, UserError} from '@auroractl/cli'
import {acquireLock, PATIENCE_MS} from '../daemon/lock.ts'
import {clusterFiles} from '../daemon/options.ts'
import {endLeftovers} from './leftovers.ts'
import {agentFolder, type ClusterPlace, isRunning, nameFlag, waitFor} from './place.ts'

export interface StopResult {
  name: string
  /** False: it did not run. */
  stopped: boolean
}

/** Longer than the agent gives its tasks to end. */
const LIMIT_MS = 60_000

/**
 * Ends the daemon and its tasks' processes. What ran is started again by the next `start`.
 * @throws UserError when it does not end in time
 */
export async function stopCluster(place: ClusterPlace, {limitMs = LIMIT_MS} = {}): Promise<StopResult> {
  if (!isRunning(place)) {
    await endTasksOfDead(place)
    return {name: place.name, stopped: false}
  }
  const end = Date.now() + limitMs
  const state = await waitFor(async () => (isRunning(place) ? await place.readState() : 'gone'), Math.min(limitMs, 10_000))
  if (state === 'gone') return {name: place.name, stopped: true}
  if (state) terminate(state.pid)
  const gone = state && (await waitFor(() => (isRunning(place) ? undefined : true), end - Date.now()))
  if (!gone) {
    throw new UserError(`The cluster '${place.name}' did not stop within ${limitMs / 1000} s`, {
      code: 'local.stop-failed',
      exitCode: ExitCode.timeout,
      remedy: state
        ? `See 'aurora local logs${nameFlag(place)}'; 'kill -9 ${state.pid}' ends the daemon alone, its tasks go on and the next start takes them over.`
        : `It has not said which process it is; see 'aurora local logs${nameFlag(place)}'.`,
    })
  }
  return {name: place.name, stopped: true}
}

/** The tasks of a daemon that was killed go on without it. */
async function endTasksOfDead(place: ClusterPlace): Promise<void> {
  if (!existsSync(place.folder)) return
  const lock = acquireLock(clusterFiles(place.folder).lock, PATIENCE_MS)
  try {
    if (lock) await endLeftovers(agentFolder(place))
  } finally {
    lock?.release()
  }
}

function terminate(pid: number): void {
  try {
    process.kill(pid, 'SIGTERM')
  } catch (error) {
    // It ended by itself meanwhile.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}
