import {resolve} from 'node:path'
import {UserError} from '../model/errors.ts'
import {grantPlugin, revoke} from './grants.ts'
import type {PluginInspection} from './inspect-plugin.ts'
import {type InstalledPlugin, installedPlugins} from './installed.ts'
import type {OperationTable} from './manifest.ts'
import {orderHooks} from './order.ts'
import {addLink, removeLink, strikePlugin} from './plugin-list.ts'
import {loadHooks} from './registry.ts'
import type {Staging} from './staging.ts'

/** Links the plugin and grants what its manifest asks for, also again. @throws UserError when its hooks cannot be ordered among the others */
export async function linkPlugin(dataDir: string, plugin: PluginInspection, operations: OperationTable): Promise<void> {
  await refuseDisorder(dataDir, plugin, operations)
  await grantPlugin(dataDir, plugin)
  await addLink(dataDir, plugin)
}

/** @throws UserError when the plugin's hooks cannot be ordered among those of the others */
export async function refuseDisorder(dataDir: string, plugin: PluginInspection, operations: OperationTable): Promise<void> {
  const others = (await loadHooks(dataDir, operations)).hooks.filter((hook) => hook.owner !== plugin.name)
  orderHooks([...others, ...plugin.hooks])
}

/** Forgets a linked plugin, what it was granted, and what it kept. */
export async function unlinkPlugin(dataDir: string, name: string): Promise<void> {
  await removeLink(dataDir, name)
  await forget(dataDir, name)
}

/** Removes an installed plugin, the packages that only it needed, what it was granted, and what it kept. */
export async function uninstallPlugin(staging: Staging, name: string): Promise<void> {
  await staging.npm(['uninstall', '--', name])
  await strikePlugin(staging.folder, name)
  await staging.commit()
  await forget(staging.dataDir, name)
}

async function forget(dataDir: string, name: string): Promise<void> {
  await revoke(dataDir, 'plugins', name)
  const {removeStore} = await import('./capabilities/store/store-file.ts')
  await removeStore(dataDir, name)
}

/** An installed plugin by its name, or by the folder of a linked one. @throws UserError (exit 6) that lists the ones there are */
export async function findPlugin(dataDir: string, nameOrPath: string): Promise<InstalledPlugin> {
  const plugins = await installedPlugins(dataDir)
  const found =
    plugins.find(({name}) => name === nameOrPath) ?? plugins.find(({root, type}) => type === 'link' && root === resolve(nameOrPath))
  if (found) return found
  const names = plugins.map(({name}) => name)
  throw new UserError(`no plugin '${nameOrPath}' is installed`, {
    code: 'plugin.unknown',
    remedy: names.length > 0 ? `Installed are: ${names.join(', ')}.` : 'No plugin is installed.',
  })
}
