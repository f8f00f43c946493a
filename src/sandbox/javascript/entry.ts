import {createRequire} from 'node:module'
import {dirname} from 'node:path'
import type {SandboxEntry} from './sandbox.ts'

/** The child's entry: `main` is its main module, `readable` the folders with that module and what it imports. */
export function sandboxEntry(main: string, readable: readonly string[]): SandboxEntry {
  const isolatedVm = createRequire(main).resolve('isolated-vm/package.json')
  const finder = createRequire(isolatedVm)('node-gyp-build') as {path(folder: string): string}
  const addon = finder.path(dirname(isolatedVm))
  return {entry: main, readable: [...readable, addon], addon}
}
