import {existsSync} from 'node:fs'
import {createRequire} from 'node:module'
import {dirname} from 'node:path'
import type {SandboxEntry} from './sandbox.ts'

/** The child's entry: `main` is its main module, `readable` the folders with that module and what it imports. */
export function sandboxEntry(main: string, readable: readonly string[]): SandboxEntry {
  const isolatedVm = createRequire(main).resolve('isolated-vm/package.json')
  const loader = createRequire(isolatedVm).resolve('node-gyp-build/package.json')
  return {
    entry: main,
    readable: [...readable, dirname(isolatedVm), dirname(loader)],
    libc: existsSync('/etc/alpine-release') ? 'musl' : 'glibc',
  }
}
