import {existsSync} from 'node:fs'
import {createRequire} from 'node:module'
import {dirname} from 'node:path'
import type {SandboxEntry} from './sandbox.ts'

/** The child's entry: `main` is its main module, `readable` the folders with that module and what it imports. */
export function sandboxEntry(main: string, readable: readonly string[]): SandboxEntry {
  return {entry: main, readable, addon: () => findAddon(main)}
}

/** The file where the package ships it for this platform; if it is not there, the package's own search, which takes longer. */
function findAddon(main: string): string {
  const {resolve} = createRequire(main)
  const folder = dirname(resolve('isolated-vm/package.json'))
  const libc = process.platform !== 'linux' ? '' : existsSync('/etc/alpine-release') ? '.musl' : '.glibc'
  const shipped = `${folder}/prebuilds/${process.platform}-${process.arch}/isolated-vm.abi${process.versions.modules}${libc}.node`
  if (existsSync(shipped)) return shipped
  const finder = createRequire(`${folder}/package.json`)('node-gyp-build') as {path(folder: string): string}
  return finder.path(folder)
}
