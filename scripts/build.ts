/** Builds the product into `dist`: bundles, manifests, help, the Python image, and the types for authors of plugins. */
import {execFileSync} from 'node:child_process'
import {existsSync, readdirSync, rmSync} from 'node:fs'
import {buildConfigImage} from '../src/config/python/image.ts'
import {writeBuildId} from './build/build-id.ts'
import {bundle} from './build/bundle.ts'
import {writeCatalogue} from './build/catalogue.ts'
import {writeOperationTypes} from './build/operation-types.ts'
import {writePluginFolders} from './build/plugin-folders.ts'

process.chdir(new URL('..', import.meta.url).pathname)
const plugins = readdirSync('plugins').filter((name) => existsSync(`plugins/${name}/src/commands`))

// The image takes the longest and depends on little, so it outlives a rebuild when it still fits.
for (const entry of existsSync('dist') ? readdirSync('dist') : []) {
  if (entry !== 'python') rmSync(`dist/${entry}`, {recursive: true})
}
await bundle(plugins)
const operations = writePluginFolders(plugins)
await writeCatalogue(plugins, operations)
buildConfigImage('dist/python')
writeBuildId()
execFileSync('tsc', ['-p', 'tsconfig.types.json'], {stdio: 'inherit'})
writeOperationTypes()
