import {readFileSync, realpathSync, statSync} from 'node:fs'
import {isBuiltin} from 'node:module'
import {dirname, join, resolve} from 'node:path'
import type {BuildFailure, BuildOptions, Loader, Message, Plugin} from 'esbuild'
import {SDK_NAME} from '../guest-sdk.ts'
import {foldersOf, type Folders} from './folders.ts'
import {packageName, requireDeclared} from './declared.ts'
import {withEsbuild} from './esbuild.ts'

/** A hook's script with its packages as one module. */
export interface Build {
  code: string
  /** A source map, as JSON; its sources are labels, those of packages in its `ignoreList`. */
  map: string
  /** All that went into it, by label, with the file. */
  inputs: readonly {name: string; path: string}[]
}

const MAX_FILE_BYTES = 4 << 20
const MAX_TOTAL_BYTES = 16 << 20
const MAX_FILES = 2_000
const MAX_CODE_CHARS = 4 << 20
const LOADERS: Record<string, Loader> = {js: 'js', mjs: 'js', cjs: 'js', ts: 'ts', mts: 'ts', cts: 'ts', json: 'json'}

/** What packages are told of where they run: no Node, no page, and nobody who debugs. */
const SURROUNDINGS: BuildOptions = {
  platform: 'browser',
  format: 'esm',
  target: 'es2024',
  mainFields: ['browser', 'module', 'main'],
  conditions: ['browser'],
  define: {'process.env.NODE_ENV': '"production"', global: 'globalThis'},
  // No settings of the package's own.
  tsconfigRaw: '{}',
}

/** Bundles a script with what it imports. Nothing of the plugin or its packages is run. @throws an Error for the script's author */
export async function buildScript(root: string, script: string): Promise<Build> {
  const folders = foldersOf(root)
  const inputs = new Map<string, string>()
  const entry = join(folders.root, script)
  try {
    const options: BuildOptions & {write: false} = {
      ...SURROUNDINGS,
      absWorkingDir: folders.root,
      entryPoints: [entry],
      outfile: join(folders.root, 'hook.js'),
      bundle: true,
      write: false,
      sourcemap: 'external',
      sourcesContent: false,
      charset: 'utf8',
      legalComments: 'none',
      logLevel: 'silent',
      plugins: [ownSdk, declaredOnly(folders), confined(folders, inputs)],
    }
    const {outputFiles} = await withEsbuild(({build}) => build(options))
    const text = (end: string) => outputFiles.find(({path}) => path.endsWith(end))?.text ?? ''
    const code = text('.js')
    if (code.length > MAX_CODE_CHARS) throw new Error(`${script} is too large with its packages: ${code.length} characters`)
    return {code, map: labelled(text('.map'), folders), inputs: [...inputs].map(([path, name]) => ({name, path}))}
  } catch (thrown) {
    throw isBuildFailure(thrown) ? new Error(thrown.errors.map((message) => problem(message, folders)).join('\n'), {cause: thrown}) : thrown
  }
}

/** Whoever asks for the SDK, and whatever copy of it a package carries: it is the host's own. */
const ownSdk: Plugin = {
  name: 'own-sdk',
  setup({onResolve}) {
    onResolve({filter: /^@auroractl\/cli(\/|$)/}, ({path}) =>
      path === SDK_NAME ? {path, external: true} : {errors: [{text: `'${path}' is not for hooks; they import '${SDK_NAME}'`}]},
    )
  },
}

/** What is only there because something else needs it, or to develop the plugin, would be missing where it is installed. */
function declaredOnly({root, isOwn}: Folders): Plugin {
  return {
    name: 'declared-only',
    setup({onResolve}) {
      onResolve({filter: /^[^./#]/}, ({path, importer, kind}) => {
        const asked = kind !== 'entry-point' && isOwn(importer) && !isBuiltin(path)
        return asked ? requireDeclared(root, packageName(path)) : undefined
      })
    },
  }
}

/** Reads every file itself: only those of the plugin and its packages, within limits. */
function confined(folders: Folders, inputs: Map<string, string>): Plugin {
  let total = 0
  return {
    name: 'confined',
    setup({onLoad}) {
      onLoad({filter: /.*/, namespace: 'file'}, ({path}) => {
        const real = realpathSync(path)
        const loader = LOADERS[/\.([^.]+)$/.exec(real)?.[1] ?? '']
        if (!folders.holds(real)) return {errors: [{text: `${path} lies outside the plugin's folder and its packages`}]}
        if (!loader) return {errors: [{text: `${folders.label(real)} is no JavaScript, TypeScript or JSON file`}]}
        const {size} = statSync(real)
        total += size
        inputs.set(real, folders.label(real))
        if (size > MAX_FILE_BYTES || total > MAX_TOTAL_BYTES || inputs.size > MAX_FILES)
          return {errors: [{text: `${folders.label(real)} is too large, or one of too many, for a hook's script`}]}
        return {contents: withoutMap(readFileSync(real, 'utf8')), loader, resolveDir: dirname(real)}
      })
    },
  }
}

/** esbuild would read the map that a file names, whatever is there: a device that never ends, too. */
function withoutMap(source: string): string {
  return source.replace(/sourceMappingURL=(?!data:)/g, '')
}

/** The map with labels for paths. */
function labelled(text: string, folders: Folders): string {
  const map = JSON.parse(text) as {sources: string[]}
  const labels = map.sources.map((source) => folders.label(resolve(folders.root, source)))
  return JSON.stringify({
    ...map,
    sources: labels,
    ignoreList: labels.flatMap((label, i) => (/^(@[^/]+\/)?[^/]+@[^/]*\//.test(label) ? [i] : [])),
  })
}

function isBuildFailure(thrown: unknown): thrown is BuildFailure {
  return thrown instanceof Error && 'errors' in thrown && Array.isArray(thrown.errors)
}

/** What is wrong, for the hook's author: which file of which package, which line, and what to do about it. */
function problem({text, location}: Message, folders: Folders): string {
  const where = location ? `${folders.label(resolve(folders.root, location.file))}:${location.line}: ` : ''
  const [, missing] = /^Could not resolve "(.*)"/.exec(text) ?? []
  if (missing === undefined) return `${where}${text}`
  if (!isBuiltin(missing)) return `${where}there is no '${missing}'; is it installed?`
  return `${where}it wants Node's '${missing}', which no hook has: a hook reaches the world by ctx alone, with the powers that it was granted`
}
