import {spawn, type ChildProcess} from 'node:child_process'
import {closeSync, mkdirSync, openSync} from 'node:fs'
import {ExitCode, InternalError, SchedulerError, UserError} from '@auroractl/cli'
import {clusterFiles, type DaemonOptions} from '../daemon/options.ts'
import type {DaemonMessage} from '../daemon/start-message.ts'
import {tailLines} from './log-tail.ts'
import {agentFolder, type ClusterPlace, isRunning, type LocalState, nameFlag, openWayToAgents, stateFile, waitFor} from './place.ts'
import {runsTasksAs} from './runs-as.ts'
import {failure} from './start-failure.ts'

export interface StartOptions extends Pick<DaemonOptions, 'port' | 'resources'> {
  place: ClusterPlace
  /** This client's build. */
  build: string
  /** The daemon's module, and what Node needs to run it. */
  entry: string
  execArgv?: readonly string[]
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
    const message = isRunning(place) ? undefined : await launch(options, limitMs)
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

export async function isHealthy(schedulerUri: string): Promise<true | undefined> {
  try {
    const response = await fetch(`${schedulerUri}/health`, {signal: AbortSignal.timeout(2000)})
    return response.ok ? true : undefined
  } catch {
    return undefined
  }
}

/** Spawns the daemon in a session of its own, and hears its first and only message. */
async function launch({place, build, entry, execArgv = [], port, resources}: StartOptions, limitMs: number): Promise<DaemonMessage> {
  mkdirSync(place.folder, {recursive: true, mode: 0o700})
  openWayToAgents()
  const options: DaemonOptions = {
    name: place.name,
    folder: place.folder,
    agentFolder: agentFolder(place),
    build,
    stateFile: stateFile(place),
    ...(port === undefined ? {} : {port}),
    ...(resources ? {resources} : {}),
  }
  const {NODE_OPTIONS: _, ...env} = process.env
  const log = openSync(clusterFiles(place.folder).log, 'a', 0o600)
  const child = spawn(process.execPath, [...execArgv, entry, JSON.stringify(options)], {
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
    cwd: place.folder,
    env,
  })
  closeSync(log)
  try {
    return await firstMessage(child, place, limitMs)
  } finally {
    if (child.connected) child.disconnect()
    child.removeAllListeners()
    child.unref()
  }
}

function firstMessage(child: ChildProcess, place: ClusterPlace, limitMs: number): Promise<DaemonMessage> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      reject(notAnswering(place, limitMs))
    }, limitMs)
    const settle = (then: () => void) => {
      clearTimeout(timer)
      then()
    }
    child.once('message', (message) => settle(() => resolve(message as DaemonMessage)))
    child.once('error', (error) =>
      settle(() => reject(new InternalError(`The local cluster's daemon could not be started: ${error.message}`, {cause: error}))),
    )
    child.once('exit', (code, signal) => settle(() => reject(ended(place, signal ?? `exit ${code}`))))
  })
}

function ended(place: ClusterPlace, how: string): UserError {
  const tail = tailLines(clusterFiles(place.folder).log, 25)?.lines ?? []
  return new UserError([`The local cluster's daemon ended while starting (${how}):`, ...tail.map((line) => `  ${line}`)].join('\n'), {
    code: 'local.start-failed',
    exitCode: ExitCode.commandFailure,
    remedy: `See 'aurora local logs${nameFlag(place)}'.`,
  })
}

function notAnswering(place: ClusterPlace, limitMs: number): SchedulerError {
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
