import type {Stats} from 'node:fs'
import {open, realpath} from 'node:fs/promises'
import {dirname} from 'node:path'
import {isRecord} from './manifest.ts'

/** A file of hook entries, read and not yet understood. */
export interface HookFile {
  /** Links resolved. */
  path: string
  /** The folder of its scripts. */
  root: string
  text: string
  content: Record<string, unknown>
}

const MAX_BYTES = 1_000_000

/** Reads a file of hook entries, JSON or YAML. @throws an Error that says what is wrong with it, or whose it is */
export async function readHookFile(name: string, whyDistrusted: (stats: Stats) => string | undefined): Promise<HookFile> {
  const path = await realpath(name)
  const handle = await open(path)
  try {
    const stats = await handle.stat()
    const why = whyDistrusted(stats)
    if (why !== undefined) throw new Error(why)
    if (!stats.isFile()) throw new Error('it is no file')
    if (stats.size > MAX_BYTES) throw new Error(`it is larger than ${MAX_BYTES} bytes`)
    const text = await handle.readFile('utf8')
    const content = /\.ya?ml$/.test(path) ? await parseYaml(text) : (JSON.parse(text) as unknown)
    if (!isRecord(content)) throw new Error('it must be an object with a list of hooks, for example {"hooks": []}')
    return {path, root: dirname(path), text, content}
  } finally {
    await handle.close()
  }
}

async function parseYaml(text: string): Promise<unknown> {
  const {parse} = await import('yaml')
  // As plain data: YAML can say what JSON cannot.
  return JSON.parse(JSON.stringify(parse(text, {logLevel: 'error'}) ?? null)) as unknown
}
