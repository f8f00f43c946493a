import {readFile, realpath, stat} from 'node:fs/promises'
import {dirname, join, relative, sep} from 'node:path'
import type {GuestModule} from '../sandbox/javascript/protocol.ts'
import {stripTypes} from '../sandbox/javascript/strip-types.ts'
import {SDK_NAME} from './guest-sdk.ts'

const MAX_FILE_BYTES = 512 * 1024
const MAX_TOTAL_BYTES = 4 * 1024 * 1024

const IMPORTS = {
  hook: `a hook can import '${SDK_NAME}' and files of its own plugin by './…' alone`,
  loader: `a loader can import files of its own plugin by './…' alone`,
}

/** Reads a script of a plugin and what it imports: JavaScript or TypeScript files below the plugin's folder. */
export function scriptReader(
  root: string,
  script: string,
  kind: keyof typeof IMPORTS = 'hook',
): (specifier: string, referrer: string | undefined) => Promise<GuestModule> {
  let total = 0
  return async (specifier, referrer) => {
    if (referrer !== undefined && !/^\.\.?\//.test(specifier)) {
      throw new Error(`${referrer} imports '${specifier}'; ${IMPORTS[kind]}`)
    }
    const shown = referrer === undefined ? script : `${specifier}, imported by ${referrer}`
    const {name, path, size} = await confine(root, join(referrer === undefined ? '' : dirname(referrer), specifier), shown)
    total += size
    if (size > MAX_FILE_BYTES || total > MAX_TOTAL_BYTES) throw new Error(`${name} is too large for a ${kind}'s script`)
    const code = await readFile(path, 'utf8')
    return {name, code: /\.[cm]?ts$/.test(path) ? await stripTypes(code, name) : code}
  }
}

/** The real file behind a path of the plugin: links and `..` must not lead out of the plugin's folder. */
async function confine(root: string, path: string, shown: string): Promise<{name: string; path: string; size: number}> {
  const folder = await realpath(root)
  const real = await realpath(join(folder, path)).catch(() => {
    throw new Error(`there is no file ${shown}`)
  })
  const name = relative(folder, real)
  if (name === '..' || name.startsWith(`..${sep}`)) throw new Error(`${shown} lies outside the plugin's folder`)
  const found = await stat(real)
  if (!found.isFile() || !/\.[cm]?[jt]s$/.test(real)) throw new Error(`${shown} is no JavaScript or TypeScript file`)
  return {name: name.replaceAll(sep, '/'), path: real, size: found.size}
}
