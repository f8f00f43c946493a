/** The daemon's process: `main.ts '<DaemonOptions as JSON>'`, started by `aurora local start` with an IPC channel. */
import {createAgent} from '../agent/agent.ts'
import {Fault} from '../fault.ts'
import {startDaemon} from './daemon.ts'
import {openLog} from './log.ts'
import {clusterFiles, type DaemonOptions} from './options.ts'
import type {DaemonMessage} from './start-message.ts'

const options = JSON.parse(process.argv[2] ?? '{}') as DaemonOptions
const log = openLog(clusterFiles(options.folder).log)

process.on('uncaughtException', (error) => {
  log(`The daemon ends: ${error.stack ?? String(error)}`)
  process.exit(1)
})

try {
  const daemon = await startDaemon(options, {createAgent, log})
  let stopping = false
  const stop = (): void => {
    if (stopping) return
    stopping = true
    daemon.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log(`Stopping failed: ${String(error)}`)
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  tell({started: daemon.cluster})
} catch (error) {
  log(`Not started: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  const {code, remedy} = error instanceof Fault ? error : {code: 'local.start-failed', remedy: "See 'aurora local logs'."}
  tell({failed: {message: error instanceof Error ? error.message : String(error), code, remedy}}, () => process.exit(1))
}

/** Tells whoever started us, if he is still there, and lets go of him. */
function tell(message: DaemonMessage, then?: () => void): void {
  if (!process.send || !process.connected) return then?.()
  process.send(message, () => {
    if (process.connected) process.disconnect()
    then?.()
  })
}
