import {chmodSync, mkdirSync} from 'node:fs'
import {hostname} from 'node:os'
import type {Agent, AgentOptions} from '../agent/types.ts'
import {listen} from '../api/server.ts'
import {Fault} from '../fault.ts'
import {openStore} from '../store/store.ts'
import {FreePorts} from './free-ports.ts'
import {hostResources} from './host-resources.ts'
import {acquireLock, PATIENCE_MS} from './lock.ts'
import type {Log} from './log.ts'
import {clusterFiles, type DaemonOptions} from './options.ts'
import {Scheduler} from './scheduler.ts'
import {removeStateFile, type RunningCluster, writeStateFile} from './state-file.ts'

export interface Daemon {
  readonly cluster: RunningCluster
  /** Ends the tasks' processes, then all that serves; the cluster stays locked, so that nobody thinks that it is over before it is. */
  stop(): Promise<void>
  /** Unlocks the cluster; the end of the process does it, too. */
  release(): void
}

export interface DaemonParts {
  createAgent(options: AgentOptions): Agent
  log: Log
}

/**
 * Starts a cluster in this process.
 * @throws Fault when it runs already, when the port is taken, or when the database is damaged
 */
export async function startDaemon(options: DaemonOptions, {createAgent, log}: DaemonParts): Promise<Daemon> {
  const files = clusterFiles(options.folder)
  mkdirSync(options.folder, {recursive: true})
  chmodSync(options.folder, 0o700)
  const undo: (() => void)[] = []
  try {
    const lock = acquireLock(files.lock, PATIENCE_MS)
    if (!lock) throw new Fault(`The cluster '${options.name}' runs already`, 'local.running', "See 'aurora local status'.")
    const release = () => lock.release()
    undo.push(release)
    // Another daemon's that did not get to remove it.
    removeStateFile(options.stateFile)
    const host = hostname()
    const store = openStore(files.database, {cluster: options.name, scheduler: host})
    undo.push(() => store.close())
    const resources = hostResources(options.resources)
    const offer = {hostname: host, resources, attributes: {host: [host]}}
    const scheduler = new Scheduler({clusterName: options.name, hostname: host, store, log, ports: new FreePorts(), offer})
    const {server, port} = await listen(scheduler, log, options.port)
    undo.push(
      () => server.closeAllConnections(),
      () => server.close(),
    )
    const agent = createAgent({root: options.agentFolder, hostname: host, onStatus: (status) => scheduler.report(status)})
    await scheduler.start(agent)
    const cluster: RunningCluster = {
      name: options.name,
      schedulerUri: `http://127.0.0.1:${port}`,
      pid: process.pid,
      build: options.build,
      slaveRoot: options.agentFolder,
      slaveRunDirectory: 'latest',
      startedAt: Date.now(),
    }
    writeStateFile(options.stateFile, cluster)
    undo.push(() => removeStateFile(options.stateFile))
    log(`Serving ${options.name} at ${cluster.schedulerUri}, build ${options.build}, process ${process.pid}`)
    return {
      cluster,
      async stop() {
        log('Stopping')
        await scheduler.stop()
        for (const step of undo.splice(1).toReversed()) step()
        log('Stopped')
      },
      release,
    }
  } catch (error) {
    for (const step of undo.toReversed()) step()
    throw error
  }
}
