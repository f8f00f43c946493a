import {type InstalledPlugin, operation, pluginManager, type Staging, step, UserError} from '@auroractl/cli'

interface UninstallInput {
  staging: Staging
  name: string
}

interface Removed {
  name: string
}

const find = step<UninstallInput, {plugin: InstalledPlugin}>({
  name: 'find the plugin',
  run: async ({staging, name}) => {
    const plugin = await (await pluginManager()).findPlugin(staging.dataDir, name)
    if (plugin.type === 'user') return {plugin}
    throw new UserError(`the plugin ${plugin.name} is linked, not installed`, {
      code: 'plugin.linked',
      remedy: `To forget it: aurora plugins unlink ${plugin.name}`,
    })
  },
})

const remove = step<UninstallInput & {plugin: InstalledPlugin}>({
  name: 'uninstall',
  describe: ({plugin}) => [{text: `uninstall ${plugin.name}, take its grants back, and remove what it kept`, target: plugin.root}],
  run: async ({staging, plugin}) => {
    await (await pluginManager()).uninstallPlugin(staging, plugin.name)
    return {}
  },
})

/** Removes an installed plugin, what it was granted, and what it kept. */
export const uninstallPlugin = operation<'plugins.uninstall', UninstallInput>('plugins.uninstall')
  .read(find)
  .hooks(({plugin}) => ({options: {plugin: plugin.name}}))
  .act(remove)
  .returns(({plugin}): Removed => ({name: plugin.name}))

declare module '@auroractl/cli' {
  interface Operations {
    'plugins.uninstall': {options: {plugin: string}}
  }
}
