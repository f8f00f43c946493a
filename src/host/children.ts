import {createHash} from 'node:crypto'
import {readFileSync, statSync} from 'node:fs'
import manifest from '../../package.json' with {type: 'json'}
import {distFile} from './layout.ts'

/** The main module of one of the product's own child processes. */
export function childEntry(name: 'javascript' | 'python' | 'local-daemon'): string {
  return distFile(`children/${name}.js`)
}

/** Tells this build from others of the same version: by what its daemon is made of. */
export function hostBuild(): string {
  const entry = childEntry('local-daemon')
  if (statSync(entry, {throwIfNoEntry: false}) === undefined) return manifest.version
  return `${manifest.version}-${createHash('sha256').update(readFileSync(entry)).digest('hex').slice(0, 12)}`
}
