import {homedir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'

/** Where the parts of the children are: in the source tree, or in the built product, which bundles this file into `dist/`. */
const [, root = '', tree = 'src'] = /^(.*)\/(dist|src)\//.exec(import.meta.url) ?? []
const bundled = tree === 'dist'

function at(path: string): string {
  return fileURLToPath(`${root}/${path}`)
}

/** The program of the Python child. */
export const childEntry = bundled ? at('dist/children/python.js') : at('src/config/python/child.ts')

/** What the child's program consists of. */
export const childFiles: readonly string[] = bundled ? [at('dist/children/python.js')] : [at('src/'), at('package.json')]

/** The program of the child in which isolates run, and what it consists of. */
export const isolateEntry = bundled ? at('dist/children/javascript.js') : at('src/sandbox/javascript/child.ts')
export const isolateFiles: readonly string[] = bundled ? [isolateEntry] : [at('src/'), at('package.json')]

const GUEST_SOURCES = {
  config: 'src/config.ts',
  reader: 'src/config/javascript/guest/reader.ts',
  setup: 'src/config/javascript/guest/setup.ts',
  writer: 'src/config/javascript/guest/writer.ts',
}

/** A module for the isolates of configurations. */
export function guestFile(name: keyof typeof GUEST_SOURCES): string {
  return at(bundled ? `dist/guest/${name}.js` : GUEST_SOURCES[name])
}

/** The image that the build makes. */
export const shippedImage = at('dist/python')

/** The user's cache, for what can be made again. */
export function cacheFolder(env: Readonly<Record<string, string | undefined>>): string {
  return join(env['XDG_CACHE_HOME'] ?? join(env['HOME'] ?? homedir(), '.cache'), 'aurora')
}

/** Where evaluations are kept. */
export function configCache(env: Readonly<Record<string, string | undefined>>): string {
  return join(cacheFolder(env), 'config')
}
