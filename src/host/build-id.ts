import {readFileSync, statSync} from 'node:fs'
import manifest from '../../package.json' with {type: 'json'}
import {childEntry} from './children.ts'
import {bundled, distFile} from './layout.ts'

/** Tells this build from others of the same version: by what its daemon is made of. */
export function hostBuild(): string {
  const entry = childEntry('local-daemon')
  if (statSync(entry, {throwIfNoEntry: false}) === undefined) return manifest.version
  // Not imported above: it takes 10 ms to load, and most commands do not need it.
  const {createHash} = process.getBuiltinModule('node:crypto')
  return `${manifest.version}-${createHash('sha256').update(readFileSync(entry)).digest('hex').slice(0, 12)}`
}

/** What all of this product is made of, in short; nothing when the sources run as they are. */
export function productBuild(): string | undefined {
  try {
    return bundled ? readFileSync(distFile('build-id'), 'utf8') : undefined
  } catch {
    return undefined
  }
}
