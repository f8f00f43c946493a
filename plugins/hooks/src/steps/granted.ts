import {type Candidate, type PluginInspection, pluginManager} from '@auroractl/cli'

/** Whether the plugin is granted all that it asks for. */
export async function isGranted(dataDir: string, plugin: PluginInspection | Candidate): Promise<boolean> {
  const {changesSince, readGrants} = await pluginManager()
  const grant = (await readGrants(dataDir)).get(plugin.name)
  return grant !== undefined && grant.root === plugin.root && changesSince(grant, plugin).new.length === 0
}

/** Whether nothing is left of the plugin: neither in the list of plugins nor among the grants. */
export async function isGone(dataDir: string, name: string): Promise<boolean> {
  const {installedPlugins, readGrants} = await pluginManager()
  const [plugins, grants] = await Promise.all([installedPlugins(dataDir), readGrants(dataDir)])
  return !grants.has(name) && plugins.every((plugin) => plugin.name !== name)
}
