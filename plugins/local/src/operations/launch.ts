import {type ChildProcess, spawn} from 'node:child_process'
import {closeSync, mkdirSync, openSync} from 'node:fs'
import {ExitCode, InternalError, UserError} from '@auroractl/cli'
import {clusterFiles, type DaemonOptions} from '../daemon/options.ts'
import type {DaemonMessage} from '../daemon/start-message.ts'
import {tailLines} from './log-tail.ts'
import {agentFolder, type ClusterPlace, nameFlag, openWayToAgents, stateFile} from './place.ts'
import {notAnswering} from './start-failure.ts'

export interface LaunchOptions extends Pick<DaemonOptions, 'port' | 'resources'> {
  place: ClusterPlace
  /** This client's build. */
  build: string
  /** The daemon's module, and what Node needs to run it. */
  entry: string
  execArgv?: readonly string[]
}

/** Spawns the daemon in a session of its own, and hears its first and only message. */
export async function launchDaemon(
  {place, build, entry, execArgv = [], port, resources}: LaunchOptions,
  limitMs: number,
): Promise<DaemonMessage> {
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
  const {NODE_OPTIONS: _, PATH = '', ...rest} = process.env
  // Tasks get this PATH: what npm puts before it while it runs a script is none of theirs.
  const env = {
    ...rest,
    PATH: PATH.split(':')
      .filter((folder) => !/\/node_modules\/|\/node_modules$/.test(folder))
      .join(':'),
  }
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
    child.once('exit', (code, signal) => {
      const fail = () => setImmediate(() => settle(() => reject(ended(place, signal ?? `exit ${code}`))))
      // Its message may still be on the way.
      if (child.connected) child.once('disconnect', fail)
      else fail()
    })
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
