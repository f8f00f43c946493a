import {existsSync, globSync, readFileSync} from 'node:fs'
import {basename} from 'node:path'
import {build as esbuild, type BuildOptions, type Plugin} from 'esbuild'

/** Modules that run in a process of their own: bundled apart, so that no child carries the host. */
const CHILDREN: Record<string, string> = {
  'children/javascript': 'src/sandbox/javascript/child.ts',
  'children/python': 'src/config/python/child.ts',
  'children/local-daemon': 'plugins/local/src/daemon/main.ts',
}

/** The doors of the package, as its exports name them. */
const DOORS = ['index', 'hook', 'thrift', 'schema'].filter((d) => existsSync(`src/${d}.ts`))

const COMMONJS_GLOBALS = `import {createRequire as __createRequire} from 'node:module'
const require = __createRequire(import.meta.url), __filename = import.meta.filename, __dirname = import.meta.dirname`

/**
 * oclif's modules each load all that they may ever need; made to load on first use, the ones that a command does not use
 * cost nothing. Every import of theirs is a whole-module binding, so a stand-in that loads on first access is equivalent.
 */
const lazyOclif: Plugin = {
  name: 'lazy-oclif',
  setup(build) {
    build.onLoad({filter: /@oclif[/\\]core[/\\]lib[/\\].*\.js$/}, ({path}) => {
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

const shared: BuildOptions = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  sourcemap: false,
  external: ['isolated-vm', 'pyodide'],
  // Its other build finds its parts in a way that no bundler follows.
  alias: {'jsonc-parser': 'jsonc-parser/lib/esm/main.js'},
  banner: {js: COMMONJS_GLOBALS},
  plugins: [lazyOclif],
  logLevel: 'warning',
}

/** Bundles host, doors and the commands of our plugins into `dist`, sharing chunks, and each child on its own. */
export async function bundle(plugins: readonly string[]): Promise<void> {
  const commands = plugins.flatMap((plugin) =>
    globSync(`plugins/${plugin}/src/commands/**/*.ts`).map((file) => [
      `plugins/${plugin}/${file.slice(`plugins/${plugin}/src/`.length, -basename('.ts').length)}`,
      file,
    ]),
  )
  const doors = DOORS.map((door) => [door, `src/${door}.ts`])
  await esbuild({
    ...shared,
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    entryPoints: {main: 'src/host/main.ts', ...Object.fromEntries([...doors, ...commands])},
    outdir: 'dist',
  })
  await esbuild({...shared, entryPoints: Object.fromEntries(Object.entries(CHILDREN).filter(([, f]) => existsSync(f))), outdir: 'dist'})
}
