import {ExitCode} from '../model/exit-code.ts'

const PATIENCE_MS = 150

/** Aborts at the first Ctrl-C or SIGTERM, so that the run ends at the next safe point; a second one ends the process at once. */
export function onInterrupt(tell: (text: string) => void): {signal: AbortSignal; dispose(): void} {
  const controller = new AbortController()
  const stop = () => {
    if (controller.signal.aborted) {
      process.stderr.write('Ended at once; what was under way may have happened or not.\n')
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
    dispose() {
      process.off('SIGINT', stop)
      process.off('SIGTERM', stop)
    },
  }
}
