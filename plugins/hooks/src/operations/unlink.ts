import {type InstalledPlugin, operation, pluginManager, step, UserError} from '@auroractl/cli'

interface UnlinkInput {
  dataDir: string
  nameOrPath: string
}

const find = step<UnlinkInput, {plugin: InstalledPlugin}>({
  name: 'find the plugin',
  run: async ({dataDir, nameOrPath}) => {
    const plugin = await (await pluginManager()).findPlugin(dataDir, nameOrPath)
    if (plugin.type === 'link') return {plugin}
    throw new UserError(`the plugin ${plugin.name} is installed, not linked`, {
      code: 'plugin.not-linked',
      remedy: `To remove it: aurora plugins uninstall ${plugin.name}`,
    })
  },
})

const unlink = step<UnlinkInput & {plugin: InstalledPlugin}>({
  name: 'unlink',
  describe: ({plugin}) => [{text: `unlink ${plugin.name}, take its grants back, and remove what it kept`, target: plugin.root}],
  run: async ({dataDir, plugin}) => {
    await (await pluginManager()).unlinkPlugin(dataDir, plugin.name)
    return {}
  },
})

/** Forgets a linked plugin, what it was granted, and what it kept; its folder stays as it is. */
export const unlinkPlugin = operation<'plugins.unlink', UnlinkInput>('plugins.unlink')
  .read(find)
  .hooks(({plugin}) => ({options: {plugin: plugin.name}}))
  .act(unlink)
  .returns(({plugin}) => ({name: plugin.name}))

declare module '@auroractl/cli' {
  interface Operations {
    'plugins.unlink': {options: {plugin: string}}
  }
}
