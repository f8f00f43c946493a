import {globSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {dirname} from 'node:path'
import {build, type BuildOptions, type Plugin} from 'esbuild'
import {apartLibraries, bundleLibraries} from './libraries.ts'

/** Modules that run in a process of their own: bundled apart, so that no child carries the host. */
const CHILDREN: Record<string, string> = {
  'children/javascript': 'src/sandbox/javascript/child.ts',
  'children/python': 'src/config/python/child.ts',
  'children/local-daemon': 'plugins/local/src/daemon/main.ts',
}

/** The doors of the package, as its exports name them. */
const DOORS = ['index', 'hook', 'config', 'thrift', 'schema']

/** Modules that go into an isolate as text. */
const GUESTS: Record<string, string> = {
  'guest/config': 'src/config.ts',
  'guest/reader': 'src/config/javascript/guest/reader.ts',
  'guest/setup': 'src/config/javascript/guest/setup.ts',
  'guest/writer': 'src/config/javascript/guest/writer.ts',
}

const COMMONJS_GLOBALS = `import {createRequire as __createRequire} from 'node:module'
const require = __createRequire(import.meta.url), __filename = import.meta.filename, __dirname = import.meta.dirname`

/**
 * oclif's modules each load all that they may ever need; made to load on first use, the ones that a command does not use
 * cost nothing. Every import of theirs is a whole-module binding, so a stand-in that loads on first access is equivalent.
 */
const lazyOclif: Plugin = {
  name: 'lazy-oclif',
  setup(bundler) {
    bundler.onLoad({filter: /@oclif[/\\]core[/\\]lib[/\\].*\.js$/}, ({path}) => {
      const lazy = `const __lazy = (load) => { let loaded; return new Proxy({}, {get: (_, name) => (loaded ??= load())[name]}) };`
      const contents = readFileSync(path, 'utf8')
        .replace(
          /^const (\w+_\d+|Parser|Errors) = ((?:__importDefault\(|__importStar\()?require\("[^"]+"\)\)?);$/gm,
          'const $1 = __lazy(() => $2);',
        )
        .replace('"use strict";', `"use strict"; ${lazy}`)
      return {contents, loader: 'js'}
    })
  },
}

/** Thrift's protocols load a library for UUIDs, and with it all of `node:crypto`; Aurora's API has none, so it comes when one is met. */
const lazyUuid: Plugin = {
  name: 'lazy-uuid',
  setup(bundler) {
    bundler.onLoad({filter: /thrift[/\\]lib[/\\]nodejs[/\\].*binary_protocol\.js$/}, ({path}) => ({
      contents: readFileSync(path, 'utf8').replace(
        /^const \{ parse: uuidParse, stringify: uuidStringify \} = require\("uuid"\);$/m,
        `const uuidParse = (...args) => require("uuid").parse(...args), uuidStringify = (...args) => require("uuid").stringify(...args);`,
      ),
    }))
  },
}

/**
 * An import of a module of Node's own evaluates all of its lazy exports, which for `node:http` loads a whole second HTTP client
 * (30 ms). Taken as an object, without those exports, a module costs what is used of it.
 */
const plainBuiltins: Plugin = {
  name: 'plain-builtins',
  setup(bundler) {
    bundler.onResolve({filter: /^node:/}, ({path, kind}) => {
      if (kind === 'dynamic-import') return {path, external: true}
      return {path, namespace: kind === 'require-call' ? 'required' : 'imported'}
    })
    bundler.onLoad({filter: /.*/, namespace: 'required'}, ({path}) => ({
      contents: `module.exports = process.getBuiltinModule('${path}')`,
    }))
    bundler.onLoad({filter: /.*/, namespace: 'imported'}, ({path}) => ({
      contents: `const builtin = process.getBuiltinModule('${path}')\nexport default builtin\nexport const {${eagerExports(path).join(', ')}} = builtin\n${lateFunctions(path)}`,
    }))
  },
}

/** Functions among the lazy exports that somebody imports: looked up when they are called. */
const LATE_FUNCTIONS: Readonly<Record<string, readonly string[]>> = {'node:util': ['aborted']}

function lateFunctions(path: string): string {
  return (LATE_FUNCTIONS[path] ?? []).map((name) => `export const ${name} = (...args) => builtin.${name}(...args)\n`).join('')
}

function eagerExports(builtin: string): string[] {
  const exports = process.getBuiltinModule(builtin) as object
  const isName = (name: string) => /^[A-Za-z_$][\w$]*$/.test(name) && name !== 'default'
  return Object.entries(Object.getOwnPropertyDescriptors(exports)).flatMap(([name, {get}]) =>
    get === undefined && isName(name) ? [name] : [],
  )
}

const BUNDLER_PLUGINS: Plugin[] = [lazyOclif, lazyUuid, plainBuiltins]

const shared: BuildOptions = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  external: ['esbuild', 'isolated-vm', 'pyodide'],
  // Its other build finds its parts in a way that no bundler follows.
  alias: {'jsonc-parser': 'jsonc-parser/lib/esm/main.js'},
  banner: {js: COMMONJS_GLOBALS},
  plugins: BUNDLER_PLUGINS,
  logLevel: 'warning',
}

/**
 * Bundles the product into `dist`: the part that answers help and version; the host with the doors and every command of ours in
 * one file, each set up when it is first asked for (dozens of small files cost more to find than one large one to read); and each
 * child on its own.
 */
export async function bundle(plugins: readonly string[]): Promise<void> {
  const commands = plugins.flatMap((plugin) =>
    globSync(`plugins/${plugin}/src/commands/**/*.ts`).map((file) => new CommandFile(plugin, file)),
  )
  await build({...shared, entryPoints: {main: 'src/host/main.ts'}, outdir: 'dist'})
  await build({
    ...shared,
    stdin: {contents: hostEntry(commands), resolveDir: '.', sourcefile: 'host.ts', loader: 'ts'},
    outfile: 'dist/host.js',
    plugins: [apartLibraries, ...BUNDLER_PLUGINS],
  })
  await bundleLibraries([plainBuiltins])
  await build({...shared, entryPoints: CHILDREN, outdir: 'dist'})
  await build({
    entryPoints: GUESTS,
    outdir: 'dist',
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    target: 'node24',
    legalComments: 'none',
  })
  for (const command of commands)
    write(
      command.output,
      `import {commands} from '${command.toHost}'\nexport const {default: command} = await commands['${command.id}']()\nexport default command\n`,
    )
  for (const door of DOORS) write(`dist/${door}.js`, await doorModule(door))
}

class CommandFile {
  readonly id: string
  readonly source: string
  readonly output: string
  readonly toHost: string

  constructor(plugin: string, source: string) {
    const path = source.slice(`plugins/${plugin}/src/commands/`.length, -'.ts'.length)
    this.id = path.replace(/\/index$/, '').replaceAll('/', ':')
    this.source = source
    this.output = `dist/plugins/${plugin}/commands/${path}.js`
    this.toHost = `${'../'.repeat(this.output.split('/').length - 2)}host.js`
  }
}

function hostEntry(commands: readonly CommandFile[]): string {
  const lazily = (entries: readonly (readonly [string, string])[]) =>
    entries.map(([name, path]) => `  '${name}': () => import('./${path}'),`).join('\n')
  return `export {runOwnCommand} from './src/host/own-command.ts'
export {runWithPlugins} from './src/host/plugin-host.ts'
export {measureUserPlugins} from './src/host/diagnosis/measure.ts'
export const commands = {
${lazily(commands.map(({id, source}) => [id, source]))}
}
export const doors = {
${lazily(DOORS.map((door) => [door, `src/${door}.ts`]))}
}
`
}

/** A door as a module of its own, which gives what the host has. */
async function doorModule(door: string): Promise<string> {
  const {metafile} = await build({...shared, entryPoints: [`src/${door}.ts`], write: false, metafile: true, outdir: 'dist'})
  const names = Object.values(metafile.outputs).flatMap((output) => output.exports)
  return `import {doors} from './host.js'\nexport const {${names.join(', ')}} = await doors.${door}()\n`
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), {recursive: true})
  writeFileSync(path, text)
}
