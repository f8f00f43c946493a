import {existsSync} from 'node:fs'
import {ExitCode, operation, type PlannedEffect, step, type StepIo, UserError} from '@auroractl/cli'
import {acquireLock, PATIENCE_MS} from '../daemon/lock.ts'
import {clusterFiles} from '../daemon/options.ts'
import {knownJobs} from '../store/jobs.ts'
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

/** Stops a cluster as a change of a run, which says afterwards that it was made. */
export async function performStop(place: ClusterPlace, io: Pick<StepIo, 'perform'>): Promise<StopResult> {
  if (!isRunning(place)) return stopCluster(place)
  return io.perform({
    kind: 'checkable',
    name: `the cluster '${place.name}' was stopped`,
    findOut: `aurora local status${nameFlag(place)}`,
    call: () => stopCluster(place),
    check: async () => (isRunning(place) ? undefined : {name: place.name, stopped: true}),
  })
}

/** What a stop would do; nothing where nothing runs. */
export async function plannedStop(place: ClusterPlace): Promise<PlannedEffect[]> {
  const state = isRunning(place) ? await place.readState() : undefined
  if (!state) return []
  const running = knownJobs(clusterFiles(place.folder).database).filter(({active}) => active > 0)
  const difference = [
    `- the scheduler at ${state.schedulerUri}`,
    ...running.map(({job, active}) => `- ${countText(active, 'running task')} of ${place.name}/${job}, until the next start`),
  ]
  return [{text: `stop the cluster '${place.name}'`, call: 'SIGTERM', target: `process ${state.pid}`, difference}]
}

/** `1 running task`, `2 running tasks`. */
function countText(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}

const stopDaemon = step<{place: ClusterPlace}, {stopped: StopResult}>({
  name: 'stop the cluster',
  describe: ({place}) => plannedStop(place),
  run: async ({place}, io) => ({stopped: await performStop(place, io)}),
})

/** Ends a local cluster and the processes of its tasks. */
export const stopLocal = operation<'local.stop', {place: ClusterPlace}>('local.stop')
  .hooks(({place: {name}}) => ({options: {name}}))
  .act(stopDaemon)
  .returns(({stopped}) => stopped)

declare module '@auroractl/cli' {
  interface Operations {
    'local.stop': {options: {name: string}}
  }
}
