import {type InstalledPlugin, operation, pluginManager, type Staging, step, UserError} from '@auroractl/cli'
import {isGone} from '../steps/granted.ts'

interface UninstallInput {
  staging: Staging
  name: string
}

interface Removed {
  name: string
}

type FoundPlugin = Omit<InstalledPlugin, 'package'>

const find = step<UninstallInput, {plugin: FoundPlugin}>({
  name: 'find the plugin',
  run: async ({staging, name}) => {
    const plugin = await (await pluginManager()).findPlugin(staging.dataDir, name)
    if (plugin.type === 'user') return {plugin}
    throw new UserError(`the plugin ${plugin.name} is linked, not installed`, {
      code: 'plugin.linked',
      remedy: `To forget it: aurora plugins unlink ${plugin.name}`,
    })
  },
  // It may be gone when the run is gone on with.
  memo: {save: ({plugin: {name, root, type, spec}}) => ({name, root, type, spec}), restore: (saved) => ({plugin: saved as FoundPlugin})},
})

const remove = step<UninstallInput & {plugin: FoundPlugin}>({
  name: 'uninstall',
  describe: ({plugin}) => [{text: `uninstall ${plugin.name}, take its grants back, and remove what it kept`, target: plugin.root}],
  run: async ({staging, plugin}, io) => {
    await io.perform({
      kind: 'checkable',
      name: `${plugin.name} was uninstalled`,
      findOut: 'aurora plugins',
      call: async () => {
        await (await pluginManager()).uninstallPlugin(staging, plugin.name)
        return null
      },
      check: async () => ((await isGone(staging.dataDir, plugin.name)) ? null : undefined),
    })
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
