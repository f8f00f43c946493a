import {readFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import type {GuestModule} from '../../sandbox/javascript/protocol.ts'
import {stripTypes} from '../../sandbox/javascript/strip-types.ts'
import {SDK_NAME} from '../guest-sdk.ts'
import {confine, NoScript} from './confine.ts'

/** The files of the plugin that a script consists of, each as it was read and as it runs: types blanked, every line in its place. */
export interface OwnModules {
  modules: ReadonlyMap<string, GuestModule & {source: string}>
  /** Why this is not all, or not as it can run: a package that is imported, or syntax that has to be translated. */
  needsBuild: boolean
}

const MAX_FILE_BYTES = 512 * 1024
const MAX_TOTAL_BYTES = 4 * 1024 * 1024

/** Whatever may be an import; texts and comments that look like one cost a look at a file, no more. */
const SPECIFIER = /\b(?:from|import|require)\s*(?:\(\s*)?(['"])([^'"\\\n]+)\1/g

export const isRelative = (specifier: string) => /^\.\.?\//.test(specifier)

/** Reads a script and what it imports by path. @throws an Error for its author when the script itself cannot be read, or all is too large */
export async function readOwnModules(root: string, script: string, kind: string): Promise<OwnModules> {
  const modules = new Map<string, GuestModule & {source: string}>()
  let needsBuild = false
  let total = 0

  async function read(path: string, shown: string): Promise<void> {
    const {name, path: real, size} = await confine(root, path, shown)
    if (modules.has(name)) return
    total += size
    if (size > MAX_FILE_BYTES || total > MAX_TOTAL_BYTES) throw new Error(`${name} is too large for a ${kind}'s script`)
    const source = await readFile(real, 'utf8')
    const code = /\.[cm]?ts$/.test(name) ? await stripTypes(source, name).catch(untranslatable) : source
    if (code === undefined || /\.c[jt]s$/.test(name)) needsBuild = true
    modules.set(name, {name, code: code ?? source, source})
    for (const [, , specifier = ''] of (code ?? source).matchAll(SPECIFIER)) {
      if (isRelative(specifier)) await read(join(dirname(name), specifier), specifier).catch(leaveToImporter)
      else if (specifier !== SDK_NAME) needsBuild = true
    }
  }

  await read(script, script)
  return {modules, needsBuild}
}

/** What is in a text or a comment only looks like an import; a real one fails when the module is asked for. */
function leaveToImporter(error: unknown): void {
  if (!(error instanceof NoScript)) throw error
}

/** Enums and the like are no types alone; and Node's translator, once a file has broken it, translates none. */
function untranslatable(error: Error): undefined {
  const {cause} = error
  if (cause instanceof Error && 'code' in cause && cause.code === 'ERR_INVALID_TYPESCRIPT_SYNTAX') throw error
  return undefined
}
