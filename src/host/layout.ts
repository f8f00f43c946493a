import {fileURLToPath} from 'node:url'

const [, root = '', tree = 'src'] = /^(.*)\/(dist|src)\//.exec(import.meta.url) ?? []

/** The package's own folder. */
export const packageRoot = fileURLToPath(`${root}/`)

/** True for the bundled product, false when the sources run as they are. */
export const bundled = tree === 'dist'

/** A file of the built product, by its path in `dist`. */
export function distFile(path: string): string {
  return `${packageRoot}dist/${path}`
}
