import {readFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {readCatalogue} from '../catalogue.ts'

/** What this client is made of and runs on, with versions; undefined where a part is not there. */
export function partVersions(): Record<string, string | undefined> {
  const {version, parts} = readCatalogue()
  return {
    node: process.versions.node,
    aurora: version,
    ...parts,
    'isolated-vm': installedVersion('isolated-vm'),
    npm: installedVersion('npm'),
    esbuild: installedVersion('esbuild'),
  }
}

function installedVersion(name: string): string | undefined {
  try {
    const file = createRequire(import.meta.url).resolve(`${name}/package.json`)
    return (JSON.parse(readFileSync(file, 'utf8')) as {version?: string}).version
  } catch {
    return undefined
  }
}
