import {UserError} from '../model/errors.ts'
import {ExitCode} from '../model/exit-code.ts'
import {installedPlugins} from './installed.ts'
import {type LoaderDeclaration, parseLoaders} from './loader-manifest.ts'
import {scriptReader} from './script-reader.ts'

/** A loader of an installed plugin. */
export interface PluginLoader extends LoaderDeclaration {
  plugin: string
  /** Gives its script and what that imports. */
  read: ReturnType<typeof scriptReader>
}

/** The plugins' loader for a file of that name, if one has one. @throws UserError (exit 3) if several have */
export async function findLoader(dataDir: string, file: string): Promise<PluginLoader | undefined> {
  const plugins = await installedPlugins(dataDir).catch(() => [])
  const found = plugins.flatMap(({name: plugin, root, package: manifest}) => {
    if ('unreadable' in manifest) return []
    const fitting = parseLoaders(manifest.aurora).loaders.filter(({files}) => files.some((end) => file.endsWith(end)))
    return fitting.map((loader) => ({...loader, plugin, read: scriptReader(root, loader.script, 'loader')}))
  })
  if (found.length > 1) {
    throw new UserError(`${file} could be read by several plugins: ${found.map(({plugin, name}) => `${plugin} (${name})`).join(', ')}`, {
      code: 'config.loaders',
      exitCode: ExitCode.invalidConfiguration,
      remedy: 'Unlink or uninstall all but one of them.',
    })
  }
  return found[0]
}
