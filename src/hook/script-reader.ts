import {dirname, join} from 'node:path'
import type {SourceModule} from '../sandbox/javascript/sandbox.ts'
import {SDK_NAME} from './guest-sdk.ts'
import {confine} from './script/confine.ts'
import {keepBuild, keptBuild} from './script/kept-builds.ts'
import {isRelative, type OwnModules, readOwnModules} from './script/own-modules.ts'
import type {Build} from './script/build.ts'

const IMPORTS = {
  hook: `a hook can import '${SDK_NAME}', files of its own plugin by './…', and the packages that its package.json names`,
  loader: `a loader can import files of its own plugin by './…' alone`,
}

type ScriptKind = keyof typeof IMPORTS

/** A script with all that it imports, as it was read. */
export type LoadedScript = OwnModules | Build

/** Reads a script of a plugin and what it imports: its own files as they are, or all as one module where packages are imported. */
export function scriptReader(
  root: string,
  script: string,
  kind: ScriptKind = 'hook',
  before?: Promise<LoadedScript>,
): (specifier: string, referrer: string | undefined) => Promise<SourceModule> {
  let loaded = before
  return async (specifier, referrer) => {
    loaded ??= kind === 'hook' ? loadScript(root, script) : readOwnModules(root, script, kind)
    const found = await loaded
    if (referrer === undefined) return 'code' in found ? {name: `bundled:${script}`, code: found.code, map: found.map} : entryOf(found)
    if (!isRelative(specifier)) throw new Error(`${referrer} imports '${specifier}'; ${IMPORTS[kind]}`)
    const {name} = await confine(root, join(dirname(referrer), specifier), `${specifier}, imported by ${referrer}`)
    const module = 'modules' in found ? found.modules.get(name) : undefined
    if (!module) throw new Error(`${referrer} imports '${specifier}' in a way that cannot be followed: write import … from '${specifier}'`)
    return {name, code: module.code}
  }
}

/** The script itself is what was read first. */
function entryOf({modules}: OwnModules): SourceModule {
  for (const {name, code} of modules.values()) return {name, code}
  throw new Error('it has no script')
}

/** A hook's own files; or a build, which is kept, so that esbuild is loaded only after a change. @throws an Error for the hook's author */
export async function loadScript(root: string, script: string): Promise<LoadedScript> {
  const kept = keptBuild(root, script)
  if (kept) return kept
  const own = await readOwnModules(root, script, 'hook')
  if (!own.needsBuild) return own
  const began = Date.now()
  const {buildScript} = await import('./script/build.ts')
  const build = await buildScript(root, script)
  keepBuild(root, script, began, build)
  return build
}
