import type {GuestModule} from '../../sandbox/javascript/protocol.ts'
import {stripTypes} from '../../sandbox/javascript/strip-types.ts'
import type {EvaluateOptions} from '../evaluate.ts'
import type {InputReader} from '../input-reader.ts'
import type {SourceFile} from '../source-file.ts'
import {SYSTEM_ERRORS} from '../system-errors.ts'
import {DOOR, FILE, data} from './library.ts'

/** Files that wait for one another to be evaluated. */
const MAX_OPEN = 40
/** All imports are asked for at once, and each name of a file counts. */
const MAX_BYTES = 64 << 20

/** Whether a file of that name is TypeScript or JavaScript. */
export function isModule(file: string): boolean {
  return /\.(?:[cm]?ts|m?js)$/.test(file)
}

/** Gives a configuration the files that it imports, each by the name that messages show. */
export function moduleReader(
  reader: InputReader,
  main: SourceFile,
  options: EvaluateOptions,
): (specifier: string, referrer: string | undefined) => Promise<GuestModule> {
  const paths = new Map<string, string>()
  let room = MAX_BYTES
  return async (specifier, referrer = '') => {
    const file = specifier === FILE ? main : imported(reader, specifier, referrer, paths.get(referrer))
    room -= file.bytes.length
    if (room < 0) throw new Error(`${main.shown}: its imports have more than ${MAX_BYTES >> 20} MB`)
    paths.set(file.shown, file.path)
    return {name: file.shown, code: await (codeOf(file) ?? pythonCode(reader, file, {main, importer: paths.get(referrer), options}))}
  }
}

function imported(reader: InputReader, specifier: string, referrer: string, includer: string | undefined): SourceFile {
  if (includer === undefined || !/^(?:\.{1,2})?\//.test(specifier))
    throw new Error(`${referrer}: cannot import '${specifier}': a configuration imports '${DOOR}' and files by './…' alone`)
  const found = reader.include(specifier, includer)
  if (typeof found !== 'string') return found
  const outside =
    found === 'EACCES' && reader.denied.size > 0
      ? `: it is outside of ${reader.roots.join(' and ')}; AURORA_READ_ROOTS can name more folders`
      : ''
  throw new Error(`${referrer}: cannot import '${specifier}': ${SYSTEM_ERRORS[found]?.[1] ?? found}${outside}`)
}

function codeOf({shown, text}: SourceFile): Promise<string> | undefined {
  if (/\.[cm]?ts$/.test(shown)) return stripTypes(text, shown)
  if (/\.ya?ml$/.test(shown)) throw new Error(`cannot import ${shown}: TypeScript, JavaScript, JSON and Python can be imported`)
  if (isModule(shown)) return Promise.resolve(text)
  return shown.endsWith('.json') ? Promise.resolve(`export default ${data(parsed(text, shown))}`) : undefined
}

/** A Python file as a module that exports what the file defines. */
async function pythonCode(
  reader: InputReader,
  file: SourceFile,
  {main, importer, options}: {main: SourceFile; importer: string | undefined; options: EvaluateOptions},
): Promise<string> {
  const open = [...(options.open ?? []), main.path, ...(importer === undefined ? [] : [importer])]
  if (open.includes(file.path) || open.length > MAX_OPEN) throw new Error(`${file.shown} includes itself`)
  const records = await options.pythonExports?.(reader.startingAt(file), {...options, open})
  const names = records?.exports.map(([name]) => name).filter((name) => /^[A-Za-z_]\w*$/.test(name)) ?? []
  const exported = names.map((name, i) => `const export${i} = values.${name}\nexport {export${i} as ${name}}\n`)
  return `import {readExports} from 'aurora:reader'\nconst values = readExports(${data(records)})\n${exported.join('')}`
}

function parsed(text: string, shown: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Error(`${shown}: ${(error as Error).message}`, {cause: error})
  }
}
