import {readdir, readFile, realpath, stat} from 'node:fs/promises'
import {join, sep} from 'node:path'
import type {Json, JsonObject} from '../../model/json.ts'
import type {HookDeclaration} from '../manifest.ts'
import {malformed, readCase, type TestCase} from './test-case.ts'

const FOLDER = 'tests'
const CASES = /\.(json|ya?ml)$/
const MAX_BYTES = 4 << 20

/** The cases in a plugin's `tests` folder, in the order of their files. @throws UserError for a file that holds none */
export async function readCases(root: string, hooks: readonly HookDeclaration[]): Promise<TestCase[]> {
  const entries = await readdir(join(root, FOLDER), {withFileTypes: true}).catch(() => [])
  const files = entries.flatMap((entry) => (entry.isFile() && CASES.test(entry.name) ? [`${FOLDER}/${entry.name}`] : [])).toSorted()
  const cases = await Promise.all(files.map((file) => casesOf(root, file, hooks)))
  return cases.flat()
}

async function casesOf(root: string, file: string, hooks: readonly HookDeclaration[]): Promise<TestCase[]> {
  const data = await readData(root, file)
  const list = Array.isArray(data) ? data : [data]
  return Promise.all(list.map(async (each, index) => readCase(await withContextFile(root, each), {file, index}, hooks)))
}

/** `context: tests/contexts/kill.json` is what `aurora hooks context` printed. */
async function withContextFile(root: string, data: Json): Promise<Json> {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return data
  const {context} = data as Partial<JsonObject>
  if (typeof context !== 'string') return data
  return {...data, context: await readData(root, context)}
}

/** JSON is YAML, too. */
async function readData(root: string, file: string): Promise<Json> {
  const path = await realpath(join(root, file)).catch(() => '')
  if (path !== '' && !path.startsWith(`${await realpath(root)}${sep}`)) throw malformed(file, "it lies outside the plugin's folder")
  const found = await stat(path).catch(() => undefined)
  if (!found?.isFile()) throw malformed(file, 'there is no such file')
  if (found.size > MAX_BYTES) throw malformed(file, `it is larger than ${MAX_BYTES} bytes`)
  const {parse} = await import('yaml')
  try {
    return parse(await readFile(path, 'utf8'), {prettyErrors: true}) as Json
  } catch (error) {
    throw malformed(file, (error as Error).message)
  }
}
