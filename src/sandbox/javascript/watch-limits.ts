import {writeSync} from 'node:fs'
import type {Isolate} from 'isolated-vm'

const INTERVAL_MS = 20
/** Well above what the isolates of ten plugins may use; what native code allocates escapes the heap limit for a moment. */
const PROCESS_BYTES = 512 * 1024 * 1024

/** Ends the isolate when it uses more CPU than it may, and this process when it grows beyond all limits. */
export function watchLimits(isolate: Isolate, cpuMs: number): {readonly cpuExceeded: boolean; stop(): void} {
  const end = isolate.cpuTime + BigInt(cpuMs) * 1_000_000n
  let cpuExceeded = false
  const timer = setInterval(() => {
    if (process.memoryUsage.rss() > PROCESS_BYTES) outOfMemory()
    if (isolate.isDisposed || isolate.cpuTime < end) return
    cpuExceeded = true
    isolate.dispose()
  }, INTERVAL_MS)
  return {
    get cpuExceeded() {
      return cpuExceeded
    },
    stop: () => clearInterval(timer),
  }
}

/** The parent reads the cause from our standard error. Exiting would wait for the isolate's thread, which may never come. */
function outOfMemory(): void {
  writeSync(2, 'out of memory\n')
  process.kill(process.pid, 'SIGKILL')
}
