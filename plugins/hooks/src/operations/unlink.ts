import {type InstalledPlugin, operation, pluginManager, step, UserError} from '@auroractl/cli'
import {isGone} from '../steps/granted.ts'

interface UnlinkInput {
  dataDir: string
  nameOrPath: string
}

type FoundPlugin = Omit<InstalledPlugin, 'package'>

const find = step<UnlinkInput, {plugin: FoundPlugin}>({
  name: 'find the plugin',
  run: async ({dataDir, nameOrPath}) => {
    const plugin = await (await pluginManager()).findPlugin(dataDir, nameOrPath)
    if (plugin.type === 'link') return {plugin}
    throw new UserError(`the plugin ${plugin.name} is installed, not linked`, {
      code: 'plugin.not-linked',
      remedy: `To remove it: aurora plugins uninstall ${plugin.name}`,
    })
  },
  // It may be gone when the run is gone on with.
  memo: {save: ({plugin: {name, root, type, spec}}) => ({name, root, type, spec}), restore: (saved) => ({plugin: saved as FoundPlugin})},
})

const unlink = step<UnlinkInput & {plugin: FoundPlugin}>({
  name: 'unlink',
  describe: ({plugin}) => [{text: `unlink ${plugin.name}, take its grants back, and remove what it kept`, target: plugin.root}],
  run: async ({dataDir, plugin}, io) => {
    await io.perform({
      kind: 'checkable',
      name: `${plugin.name} was unlinked`,
      findOut: 'aurora plugins',
      call: async () => {
        await (await pluginManager()).unlinkPlugin(dataDir, plugin.name)
        return null
      },
      check: async () => ((await isGone(dataDir, plugin.name)) ? null : undefined),
    })
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
