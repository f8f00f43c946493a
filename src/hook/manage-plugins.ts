import {resolve} from 'node:path'
import {UserError} from '../model/errors.ts'
import {grantPlugin, revoke} from './grants.ts'
import type {PluginInspection} from './inspect-plugin.ts'
import {type InstalledPlugin, installedPlugins} from './installed.ts'
import type {OperationTable} from './manifest.ts'
import {orderHooks} from './order.ts'
import {addLink, removeLink} from './plugin-list.ts'
import {loadHooks} from './registry.ts'

/** Links the plugin and grants what its manifest asks for, also again. @throws UserError when its hooks cannot be ordered among the others */
export async function linkPlugin(dataDir: string, plugin: PluginInspection, operations: OperationTable): Promise<void> {
  const others = (await loadHooks(dataDir, operations)).hooks.filter((hook) => hook.owner !== plugin.name)
  orderHooks([...others, ...plugin.hooks])
  await grantPlugin(dataDir, plugin)
  await addLink(dataDir, plugin)
}

/** Forgets a linked plugin and its grants. */
export async function unlinkPlugin(dataDir: string, name: string): Promise<void> {
  await removeLink(dataDir, name)
  await revoke(dataDir, 'plugins', name)
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
