import {integerField, stringField, structField} from './fields.ts'
import {signalPort} from './http-signal.ts'
import type {ThermosTask} from './thermos-task.ts'

const ANSWER_TIMEOUT = 5000

/**
 * Asks a task over HTTP to end, first kindly, then firmly, before its processes get signals (reference/thermos.md §11); returns when it has
 * ended, or when its time is over. A request that nobody answers skips its wait.
 */
export async function askToEnd(task: ThermosTask, ended: Promise<unknown>): Promise<void> {
  const http = structField(structField(task.executor, 'lifecycle') ?? {}, 'http')
  const port = http && task.ports.get(stringField(http, 'port', 'health'))
  if (http === undefined || port === undefined) return
  const steps = [
    [stringField(http, 'graceful_shutdown_endpoint', '/quitquitquit'), integerField(http, 'graceful_shutdown_wait_secs', 5)],
    [stringField(http, 'shutdown_endpoint', '/abortabortabort'), integerField(http, 'shutdown_wait_secs', 5)],
  ] as const
  for (const [endpoint, seconds] of steps) {
    const answered = await signalPort('POST', port, endpoint, ANSWER_TIMEOUT).catch(() => undefined)
    if (answered !== undefined && (await endsWithin(ended, seconds * 1000))) return
  }
}

/** Whether a promise settles within so many milliseconds. */
export async function endsWithin(ended: Promise<unknown>, wait: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), wait)))
  const inTime = await Promise.race([ended.then(() => true), late])
  clearTimeout(timer)
  return inTime
}
