import {once} from 'node:events'
import {pathToFileURL} from 'node:url'
import {Worker} from 'node:worker_threads'
import {distFile} from '../layout.ts'
import type {PluginLoad} from '../load-user-plugins.ts'

const PATIENCE_MS = 10_000

/** Runs in a thread of its own, so that a plugin that never comes back costs the thread. */
const THREAD = `const {parentPort, workerData} = require('node:worker_threads')
import(workerData.host).then(({measureUserPlugins}) => measureUserPlugins(workerData.dataDir, (message) => parentPort.postMessage(message)))`

/** Loads the user's plugins one after the other, as a command that needs them would, and tells how long each took. */
export async function pluginLoads(dataDir: string): Promise<PluginLoad[]> {
  const loads: PluginLoad[] = []
  let current: string | undefined
  const workerData = {host: pathToFileURL(distFile('host.js')).href, dataDir}
  // What plugins print is no part of the answer.
  const thread = new Worker(THREAD, {eval: true, workerData, stdout: true, stderr: true})
  thread.on('message', (message: string | PluginLoad) => {
    if (typeof message === 'string') current = message
    else loads.push(message)
  })
  const end = AbortSignal.timeout(PATIENCE_MS)
  const problem = await once(thread, 'exit', {signal: end}).then(
    () => undefined,
    (thrown: Error) => (end.aborted ? `it has not been loaded after ${PATIENCE_MS / 1_000} s` : thrown.message),
  )
  await thread.terminate()
  if (problem !== undefined) loads.push({name: current ?? 'the plugins', ms: PATIENCE_MS, problem})
  return loads
}
