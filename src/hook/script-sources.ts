import {existsSync, readFileSync} from 'node:fs'
import {basename, dirname, join} from 'node:path'
import type {Build} from './script/build.ts'
import {foldersOf} from './script/folders.ts'
import {loadScript} from './script-reader.ts'

/** A file of which a hook's script consists. */
export interface HookSource {
  /** From the plugin's folder, or in its package: `hooks/guard.ts`, `slugify@1.6.6/slugify.js`. The same wherever npm has put the package. */
  name: string
  /** Of its content, SHA-256 in hexadecimal. */
  digest: string
}

/** The paths of all files of a hook's script. @throws an Error for the script's author */
export async function scriptPaths(root: string, script: string): Promise<string[]> {
  const loaded = await loadScript(root, script)
  return 'code' in loaded ? loaded.inputs.map(({path}) => path) : [...loaded.modules.keys()].map((name) => join(root, name))
}

/** What of a package.json says which file an import means, and whether it is run. */
const DECISIVE = ['name', 'type', 'main', 'module', 'browser', 'exports', 'imports', 'sideEffects']

/** Every file that has a say in what a hook's script does, its packages' too, by name. @throws an Error for the script's author */
export async function hookSources(root: string, script: string, load = loadScript(root, script)): Promise<HookSource[]> {
  const loaded = await load
  const {hash} = process.getBuiltinModule('node:crypto')
  const sources =
    'code' in loaded
      ? [...loaded.inputs.map(({name, path}) => ({name, digest: hash('sha256', readFileSync(path))})), ...manifestsOf(root, loaded)]
      : [...loaded.modules.values()].map(({name, source}) => ({name, digest: hash('sha256', source)}))
  return sources.toSorted((a, b) => (`${a.name} ${a.digest}` < `${b.name} ${b.digest}` ? -1 : 1))
}

/** Of the manifests of a build's packages the part that could make another program of the same files. */
function manifestsOf(root: string, {inputs}: Build): HookSource[] {
  const {label, root: own} = foldersOf(root)
  const {hash} = process.getBuiltinModule('node:crypto')
  const folders = new Set(inputs.flatMap(({path}) => foldersUpTo(own, dirname(path))))
  const manifests = [...folders].map((folder) => join(folder, 'package.json')).filter((path) => existsSync(path))
  return manifests.map((path) => {
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>
    return {name: label(path), digest: hash('sha256', JSON.stringify(DECISIVE.map((field) => manifest[field] ?? null)))}
  })
}

/** A folder and those above it, up to that of its package. */
function foldersUpTo(root: string, folder: string): string[] {
  const top = folder === root || basename(dirname(folder)) === 'node_modules' || dirname(folder) === folder
  return top ? [folder] : [folder, ...foldersUpTo(root, dirname(folder))]
}
