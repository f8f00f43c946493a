import {type LocalState, operation, type PlannedEffect, step, type StepIo, UserError} from '@auroractl/cli'
import {clusterFiles} from '../daemon/options.ts'
import {knownJobs} from '../store/jobs.ts'
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
const startDaemon = step<StartOptions, {started: StartResult}>({
  name: 'start the cluster',
  describe: async ({place, port}) => (isRunning(place) ? [] : [plannedStart(place, port)]),
  async run(options, io) {
    const {place, limitMs = LIMIT_MS} = options
    const end = Date.now() + limitMs
    for (;;) {
      const launched = !isRunning(place) && (await performLaunch(options, limitMs, io))
      const found = await waitFor(() => answering(place), end - Date.now(), io.signal)
      if (found && found !== 'gone') return {started: result(options, found, !launched)}
      if (Date.now() >= end) throw notAnswering(place, limitMs)
    }
  },
})

/** Starts a scheduler for this machine. */
export const startLocal = operation<'local.start', StartOptions>('local.start')
  .hooks(({place: {name}, port}) => ({options: {name, ...(port === undefined ? {} : {port})}}))
  .act(startDaemon)
  .returns(({started}) => started)

/** False: another start was faster. */
async function performLaunch(options: StartOptions, limitMs: number, io: Pick<StepIo, 'perform'>): Promise<boolean> {
  const {place} = options
  return io.perform({
    kind: 'checkable',
    name: `the cluster '${place.name}' was started`,
    findOut: `aurora local status${nameFlag(place)}`,
    async call() {
      const message = await launchDaemon(options, limitMs)
      if (!('failed' in message)) return true
      if (message.failed.code === 'local.running') return false
      throw failure(message.failed)
    },
    check: async () => (isRunning(place) ? true : undefined),
  })
}

function plannedStart(place: ClusterPlace, port: number | undefined): PlannedEffect {
  const kept = knownJobs(clusterFiles(place.folder).database).filter(({active}) => active > 0)
  const difference = [
    `+ a scheduler at 127.0.0.1:${port ?? '8081, or at another port that is free'}`,
    ...kept.map(({job, active}) => `+ ${place.name}/${job}, as it ran before: ${active} of its instances`),
  ]
  return {text: `start the cluster '${place.name}'`, call: 'start', target: place.folder, difference}
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

declare module '@auroractl/cli' {
  interface Operations {
    'local.start': {options: {name: string; port?: number}}
  }
}
