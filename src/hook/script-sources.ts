import {readFileSync} from 'node:fs'
import {loadScript} from './script-reader.ts'

/** A file of which a hook's script consists. */
export interface HookSource {
  /** From the plugin's folder, or in its package: `hooks/guard.ts`, `slugify@1.6.6/slugify.js`. The same wherever npm has put the package. */
  name: string
  /** Of its content, SHA-256 in hexadecimal. */
  digest: string
}

/** Every file that has a say in what a hook's script does, its packages' too, by name. @throws an Error for the script's author */
export async function hookSources(root: string, script: string): Promise<HookSource[]> {
  const loaded = await loadScript(root, script)
  const {hash} = process.getBuiltinModule('node:crypto')
  const sources =
    'code' in loaded
      ? loaded.inputs.map(({name, path}) => ({name, digest: hash('sha256', readFileSync(path))}))
      : [...loaded.modules.values()].map(({name, source}) => ({name, digest: hash('sha256', source)}))
  return sources.toSorted((a, b) => (a.name < b.name ? -1 : 1))
}
