import {setTimeout as pause} from 'node:timers/promises'
import type {StepIo} from '../operation/step.ts'

const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 5_000

/** Looks again and again, less often as time goes on, until `look` gives a value or the limit is over (then undefined). */
export async function poll<Seen>(
  look: () => Promise<Seen | undefined>,
  io: Pick<StepIo, 'signal'>,
  limitMs: number,
): Promise<Seen | undefined> {
  const end = performance.now() + limitMs
  for (let ms = FIRST_PAUSE_MS; ; ms = Math.min(ms * 1.6, LONGEST_PAUSE_MS)) {
    io.signal.throwIfAborted()
    const seen = await untilAborted(look(), io.signal)
    if (seen !== undefined) return seen
    const left = end - performance.now()
    if (left <= 0) return undefined
    await pause(Math.min(ms, left), undefined, {signal: io.signal})
  }
}

/** A look that hangs is not waited for when the user interrupts. */
async function untilAborted<Value>(look: Promise<Value>, signal: AbortSignal): Promise<Value> {
  let stop = (): void => {}
  const stopped = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason)
    signal.addEventListener('abort', stop, {once: true})
  })
  return Promise.race([look, stopped]).finally(() => signal.removeEventListener('abort', stop))
}
