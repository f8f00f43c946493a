import {UserError, type LocalState} from '@auroractl/cli'
import {isHealthy} from './health.ts'
import {launchDaemon, type LaunchOptions} from './launch.ts'
import {type ClusterPlace, isRunning, nameFlag, waitFor} from './place.ts'
import {runsTasksAs} from './runs-as.ts'
import {failure, notAnswering} from './start-failure.ts'

export interface StartOptions extends LaunchOptions {
  /** How long to wait for the daemon to answer. */
  limitMs?: number
}

export interface StartResult {
  name: string
  schedulerUri: string
  pid: number
  build: string
  /** It ran before. */
  already: boolean
  /** It is of another build than the client. */
  older: boolean
  runsTasksAs: ReturnType<typeof runsTasksAs>
}

const LIMIT_MS = 30_000

/**
 * Starts the local cluster's daemon, and waits until it answers; one that runs already will do.
 * @throws UserError when the port is taken, the database damaged, or it cannot start
 */
export async function startCluster(options: StartOptions): Promise<StartResult> {
  const {place, limitMs = LIMIT_MS} = options
  const end = Date.now() + limitMs
  for (;;) {
    const message = isRunning(place) ? undefined : await launchDaemon(options, limitMs)
    // Another `start` may have been faster.
    if (message && 'failed' in message && message.failed.code !== 'local.running') throw failure(message.failed)
    const found = await waitFor(() => answering(place), end - Date.now())
    if (found && found !== 'gone') return result(options, found, !(message && 'started' in message))
    if (Date.now() >= end) throw notAnswering(place, limitMs)
  }
}

/** What the running daemon says of itself, once it answers: a state file may still be its predecessor's. */
async function answering(place: ClusterPlace): Promise<LocalState | 'gone' | undefined> {
  if (!isRunning(place)) return 'gone'
  const state = await place.readState()
  return state && (await isHealthy(state.schedulerUri)) ? state : undefined
}

function result({place, build, port}: StartOptions, state: LocalState, already: boolean): StartResult {
  if (port !== undefined && new URL(state.schedulerUri).port !== `${port}`) {
    throw new UserError(`The cluster '${place.name}' runs already, at ${state.schedulerUri}`, {
      code: 'local.running-elsewhere',
      remedy: `To move it: aurora local stop${nameFlag(place)} && aurora local start${nameFlag(place)} --port ${port}`,
    })
  }
  return {
    name: state.name,
    schedulerUri: state.schedulerUri,
    pid: state.pid,
    build: state.build,
    already,
    older: state.build !== build,
    runsTasksAs: runsTasksAs(),
  }
}
