import type {GuestModule} from '../../sandbox/javascript/protocol.ts'
import {stripTypes} from '../../sandbox/javascript/strip-types.ts'
import type {InputReader} from '../input-reader.ts'
import type {SourceFile} from '../source-file.ts'
import {SYSTEM_ERRORS} from '../system-errors.ts'
import {DOOR, FILE, data} from './library.ts'

/** Whether a file of that name is TypeScript or JavaScript. */
export function isModule(file: string): boolean {
  return /\.(?:[cm]?ts|m?js)$/.test(file)
}

/** Gives a configuration the files that it imports, each by the name that messages show. */
export function moduleReader(
  reader: InputReader,
  main: SourceFile,
): (specifier: string, referrer: string | undefined) => Promise<GuestModule> {
  const paths = new Map<string, string>()
  return async (specifier, referrer = '') => {
    const file = specifier === FILE ? main : imported(reader, specifier, referrer, paths.get(referrer))
    paths.set(file.shown, file.path)
    return {name: file.shown, code: await codeOf(file, referrer)}
  }
}

function imported(reader: InputReader, specifier: string, referrer: string, includer: string | undefined): SourceFile {
  if (includer === undefined || !/^(?:\.{1,2})?\//.test(specifier))
    throw new Error(`${referrer}: cannot import '${specifier}': a configuration imports '${DOOR}' and files by './…' alone`)
  const found = reader.include(specifier, includer)
  if (typeof found !== 'string') return found
  const outside = reader.denied.size > 0 ? `: it is outside of ${reader.roots.join(' and ')}; AURORA_READ_ROOTS can name more folders` : ''
  throw new Error(`${referrer}: cannot import '${specifier}': ${SYSTEM_ERRORS[found]?.[1] ?? found}${outside}`)
}

async function codeOf({shown, text}: SourceFile, referrer: string): Promise<string> {
  if (/\.[cm]?ts$/.test(shown)) return stripTypes(text, shown)
  if (/\.m?js$/.test(shown)) return text
  if (shown.endsWith('.json')) return `export default ${data(parsed(text, shown))}`
  throw new Error(`${referrer}: cannot import '${shown}': only TypeScript, JavaScript and JSON can be imported`)
}

function parsed(text: string, shown: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Error(`${shown}: ${(error as Error).message}`, {cause: error})
  }
}
