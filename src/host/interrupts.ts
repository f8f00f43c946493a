import type {Emit, RunEvent} from '../model/events.ts'
import {ExitCode} from '../model/exit-code.ts'
import type {PastRun} from '../operation/run-record.ts'
import {safeText} from '../terminal/safe-text.ts'

const PATIENCE_MS = 150

type Change = Pick<Extract<RunEvent, {type: 'effect.intended'}>, 'name' | 'findOut'>

interface Interrupts {
  signal: AbortSignal
  /** Hears what the run does, to say at the end what may be left. */
  hear: Emit
  dispose(): void
}

/**
 * Aborts at the first Ctrl-C or SIGTERM, so that the run ends at the next safe point; a second one ends the process at once. `past` is
 * what earlier attempts of the run did.
 */
export function onInterrupt(tell: (text: string) => void, past?: PastRun): Interrupts {
  const controller = new AbortController()
  const earlier = [...(past?.effects ?? [])]
  const done = earlier.flatMap(([, {state, name}]) => (state === 'done' ? [name] : []))
  const underWay = new Map<string, Change>(earlier.filter(([, {state}]) => state === 'in-doubt'))
  const stop = () => {
    if (controller.signal.aborted) {
      process.stderr.write(safeText(endedAtOnce(done, [...underWay.values()])))
      process.exit(ExitCode.interrupted)
    }
    controller.abort()
    // Most commands have ended by then.
    setTimeout(() => tell('Stopping at the next safe point; interrupt again to end at once.'), PATIENCE_MS).unref()
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  return {
    signal: controller.signal,
    hear(event) {
      if (event.type === 'effect.intended') underWay.set(event.effect, event)
      if (event.type === 'effect.done') done.push(underWay.get(event.effect)?.name ?? event.effect)
      if (event.type === 'effect.done' || event.type === 'effect.failed') underWay.delete(event.effect)
    },
    dispose() {
      process.off('SIGINT', stop)
      process.off('SIGTERM', stop)
    },
  }
}

function endedAtOnce(done: readonly string[], underWay: readonly Change[]): string {
  const lines = [
    'Ended at once.',
    ...(done.length > 0 ? [`Done before that: ${done.join('; ')}`] : []),
    ...underWay.map(({name, findOut}) => `It is not known whether this happened: ${name}. To find out: ${findOut}`),
    ...(done.length + underWay.length === 0 ? ['Nothing was changed.'] : []),
  ]
  return `${lines.join('\n')}\n`
}
