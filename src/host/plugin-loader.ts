import type {ConfigLoader} from '../config/loader.ts'

/** The loader that a plugin brings for a file. */
export async function pluginLoader(dataDir: string, file: string): Promise<ConfigLoader | undefined> {
  const {findLoader} = await import('../hook/find-loader.ts')
  const found = await findLoader(dataDir, file)
  if (!found) return undefined
  const {scriptLoader} = await import('../config/script-loader.ts')
  return scriptLoader({name: `the loader ${found.name} of ${found.plugin}`, script: found.script, read: found.read})
}
