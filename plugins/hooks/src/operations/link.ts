import {operation, type OperationTable, type PluginInspection, pluginManager, step} from '@auroractl/cli'
import {pluginText} from '../render/plugin.ts'
import {type PluginReport, reportPlugin} from '../report.ts'
import {isGranted} from '../steps/granted.ts'

interface LinkInput {
  dataDir: string
  path: string
  operations: OperationTable
}

type Looked = LinkInput & {plugin: PluginInspection}

const look = step<LinkInput, {plugin: PluginInspection}>({
  name: 'look at the plugin',
  async run({dataDir, path, operations}) {
    const {inspectPlugin, knownOperations} = await pluginManager()
    return {plugin: await inspectPlugin(path, await knownOperations(dataDir, operations))}
  },
})

const link = step<Looked>({
  name: 'link',
  describe: ({plugin}) => [
    {
      text: `link ${plugin.name} ${plugin.version} and grant what it asks for`,
      target: plugin.root,
      difference: pluginText(reportPlugin(plugin)).trimEnd().split('\n').slice(1),
    },
  ],
  run: async ({dataDir, plugin, operations}, io) => {
    const {installedPlugins, linkPlugin} = await pluginManager()
    const isLinked = async () => (await installedPlugins(dataDir)).some(({type, root}) => type === 'link' && root === plugin.root)
    await io.perform({
      kind: 'checkable',
      name: `${plugin.name} was linked`,
      findOut: 'aurora plugins',
      call: async () => {
        await linkPlugin(dataDir, plugin, operations)
        return null
      },
      check: async () => ((await isLinked()) && (await isGranted(dataDir, plugin)) ? null : undefined),
    })
    return {}
  },
})

/** Links the plugin in a folder and grants what its manifest asks for. Nothing of the plugin is run. */
export const linkPlugin = operation<'plugins.link', LinkInput>('plugins.link')
  .read(look)
  .hooks(({plugin}) => ({options: {plugin: plugin.name, root: plugin.root, unconfined: plugin.unconfined.length > 0}}))
  .act(link)
  .returns(({plugin}): PluginReport => reportPlugin(plugin))

declare module '@auroractl/cli' {
  interface Operations {
    'plugins.link': {options: {plugin: string; root: string; unconfined: boolean}}
  }
}
