import {createRequire} from 'node:module'
import {dirname} from 'node:path'
import type {SandboxEntry} from './sandbox.ts'

/** The child's entry: `main` is its main module, `readable` the folders with that module and what it imports. */
export function sandboxEntry(main: string, readable: readonly string[]): SandboxEntry {
  return {entry: main, readable, addon: () => findAddon(main)}
}

function findAddon(main: string): string {
  const isolatedVm = createRequire(main).resolve('isolated-vm/package.json')
  const finder = createRequire(isolatedVm)('node-gyp-build') as {path(folder: string): string}
  return finder.path(dirname(isolatedVm))
}
