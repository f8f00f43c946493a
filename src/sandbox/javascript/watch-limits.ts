import {writeSync} from 'node:fs'
import type {Isolate} from 'isolated-vm'

const INTERVAL_MS = 20
/** With one isolate's heap, well above what the isolates of ten plugins may use; what native code allocates escapes the heap limit for a moment. */
const OTHER_BYTES = 448 * 1024 * 1024

/** Ends the isolate when it uses more CPU than it may, and this process when it grows beyond all limits. */
export function watchLimits(
  isolate: Isolate,
  {cpuMs, heapMb}: {cpuMs: number; heapMb: number},
): {readonly cpuExceeded: boolean; stop(): void} {
  const end = isolate.cpuTime + BigInt(cpuMs) * 1_000_000n
  const processBytes = OTHER_BYTES + heapMb * 1024 * 1024
  let cpuExceeded = false
  const timer = setInterval(() => {
    if (process.memoryUsage.rss() > processBytes) outOfMemory()
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
