import {realpathSync} from 'node:fs'
import type {SandboxChildOptions} from '../child/sandbox-child.ts'

/** Read by the interpreter where it may; it has another source of randomness, which starts slower. */
export const RANDOM_DEVICE = '/dev/urandom'

const NODE_FLAGS = [
  // The first compilation of each function is what a short program pays for: a second, better one never comes in time.
  '--no-wasm-tier-up',
  '--no-wasm-dynamic-tiering',
  '--wasm-lazy-validation',
  // Deep recursion then meets Python's own limit, in KiB and well below the 8 MiB that systems give.
  '--stack-size=3900',
  '--max-old-space-size=512',
]

/** How a child with a Python interpreter is started: the image is its first argument. `readable` is where its entry and what that imports are. */
export function pythonChild({entry, readable, image}: {entry: string; readable: readonly string[]; image: string}) {
  const folder = realpathSync(image)
  return {
    entry,
    args: [folder],
    readable: [...readable, folder, RANDOM_DEVICE],
    nodeFlags: NODE_FLAGS,
    cpuSeconds: 60,
    // The time zone is all of the user's environment that Python's clock needs.
    environment: process.env['TZ'] === undefined ? {} : {TZ: process.env['TZ']},
  } satisfies SandboxChildOptions
}
