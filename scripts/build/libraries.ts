import {build, type Plugin} from 'esbuild'

/** Libraries that few commands use: each is a file of its own, since every command reads all of the host's file. */
const LIBRARIES: Readonly<Record<string, string>> = {
  '@cfworker/json-schema': 'json-schema',
  execa: 'execa',
  'ipaddr.js': 'ipaddr',
  'jsonc-parser': 'jsonc-parser',
  yaml: 'yaml',
}

/** CommonJS, because a module of the host's file that is set up late can only load what it needs at once. */
export async function bundleLibraries(plugins: readonly Plugin[]): Promise<void> {
  await build({
    entryPoints: Object.entries(LIBRARIES).map(([library, file]) => ({in: library, out: file})),
    outdir: 'dist/libraries',
    outExtension: {'.js': '.cjs'},
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node24',
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    // Its other build finds its parts in a way that no bundler follows.
    alias: {'jsonc-parser': 'jsonc-parser/lib/esm/main.js'},
    plugins: [...plugins],
  })
}

/** Stands in the host's file for a library. */
export const apartLibraries: Plugin = {
  name: 'apart-libraries',
  setup(bundler) {
    bundler.onResolve({filter: /^[^.]/}, ({path}) => (Object.hasOwn(LIBRARIES, path) ? {path, namespace: 'library'} : undefined))
    bundler.onLoad({filter: /.*/, namespace: 'library'}, async ({path}) => {
      const names = Object.keys((await import(path)) as object).filter((name) => name !== 'default' && name !== 'module.exports')
      return {
        contents: `const library = __createRequire(import.meta.url)('./libraries/${LIBRARIES[path]}.cjs')
export default library.default ?? library
export const {${names.join(', ')}} = library`,
      }
    })
  },
}
