/** Builds the product into `dist`: bundles, manifests, help, types and the Python image. */
import {existsSync, readdirSync, rmSync} from 'node:fs'
import {execFileSync} from 'node:child_process'
import {bundle} from './build/bundle.ts'
import {writePluginFolders} from './build/plugin-folders.ts'

process.chdir(new URL('..', import.meta.url).pathname)
const plugins = readdirSync('plugins').filter((name) => existsSync(`plugins/${name}/src/commands`))

// The image takes the longest and depends on little, so it outlives a rebuild when it still fits.
for (const entry of existsSync('dist') ? readdirSync('dist') : []) {
  if (entry !== 'python') rmSync(`dist/${entry}`, {recursive: true})
}
await bundle(plugins)
const operations = writePluginFolders(plugins)
process.env['NODE_ENV'] = 'production'
const {writeCatalogue} = await import('./build/catalogue.ts')
await writeCatalogue(plugins, operations)
if (existsSync('src/config/python/image.ts')) {
  const {buildConfigImage} = await import('../src/config/python/image.ts')
  buildConfigImage('dist/python')
}
if (process.argv.includes('--types')) execFileSync('tsc', ['-p', 'tsconfig.types.json'], {stdio: 'inherit'})
