import {statSync} from 'node:fs'
import {setTimeout as sleep} from 'node:timers/promises'
import {operation, step, UserError} from '@auroractl/cli'
import {clusterFiles} from '../daemon/options.ts'
import {linesFrom, tailLines} from './log-tail.ts'
import {type ClusterPlace, nameFlag} from './place.ts'

export interface LogsOptions {
  lines?: number
  /** Goes on with what is written from now on, until the signal. */
  follow?: boolean
  signal?: AbortSignal
}

const LOOK_EVERY_MS = 200

/** The daemon's log, line by line, the last `lines` of it first. @throws UserError when there is none */
export async function* clusterLogs(place: ClusterPlace, {lines = 50, follow = false, signal}: LogsOptions = {}): AsyncGenerator<string> {
  const path = clusterFiles(place.folder).log
  const tail = tailLines(path, lines)
  if (!tail) {
    throw new UserError(`The cluster '${place.name}' has no log`, {
      code: 'local.never-started',
      remedy: `It was never started; 'aurora local start${nameFlag(place)}' does that.`,
    })
  }
  yield* tail.lines
  let end = tail.size
  for (;;) {
    if (!follow || signal?.aborted) return
    const size = statSync(path, {throwIfNoEntry: false})?.size
    if (size !== undefined && size !== end) {
      // Smaller: a new file has taken its place.
      const more = linesFrom(path, size < end ? 0 : end)
      yield* more.lines
      if (more.end !== end) {
        end = more.end
        continue
      }
    }
    await sleep(LOOK_EVERY_MS, undefined, signal ? {signal} : {}).catch(() => {})
  }
}

export interface LogsInput {
  place: ClusterPlace
  lines: number
  follow: boolean
  /** Ends the following. */
  unread: AbortSignal
  /** Hears of each line. */
  tell: (line: string) => void
}

const readLog = step<LogsInput>({
  name: 'read the log',
  async run({place, lines, follow, unread, tell}, io) {
    const signal = AbortSignal.any([unread, io.signal])
    for await (const line of clusterLogs(place, {lines, follow, signal})) tell(line)
    return {}
  },
})

/** The log of the local scheduler itself, line by line. */
export const localLogs = operation<'local.logs', LogsInput>('local.logs')
  .read(readLog)
  .hooks(({place: {name}, lines, follow}) => ({options: {name, lines, follow}}))
  .returns(() => undefined)

declare module '@auroractl/cli' {
  interface Operations {
    'local.logs': {options: {name: string; lines: number; follow: boolean}}
  }
}
