import {type Changes, operation, type OperationTable, type PluginInspection, pluginManager, step} from '@auroractl/cli'
import type {Approve} from '../plugin-command.ts'
import {changesText, pluginText} from '../render/plugin.ts'
import {type PluginReport, reportPlugin} from '../report.ts'
import {isGranted} from '../steps/granted.ts'

interface GrantInput {
  dataDir: string
  operations: OperationTable
  /** A plugin's name, or the folder of a linked one. */
  subject: string
  approve: Approve
}

interface Looked {
  plugin: PluginInspection
  changes: Changes
}

const look = step<GrantInput, Looked>({
  name: 'look at what is asked for',
  run: async ({dataDir, operations, subject}) => {
    const {changesSince, findPlugin, inspectPlugin, knownOperations, readGrants} = await pluginManager()
    const {name, root} = await findPlugin(dataDir, subject)
    const plugin = {...(await inspectPlugin(root, await knownOperations(dataDir, operations))), root}
    return {plugin, changes: changesSince((await readGrants(dataDir)).get(name), plugin)}
  },
})

const ask = step<GrantInput & Looked>({
  name: 'ask',
  run: async ({plugin, changes, approve}) => {
    await approve(
      `${pluginText(reportPlugin(plugin))}Compared with what was granted:\n${changesText(changes) || '  nothing new'}`,
      'Grant this?',
    )
    return {}
  },
})

const grant = step<GrantInput & Looked>({
  name: 'grant',
  describe: ({plugin, changes}) => [
    {
      text: `grant ${plugin.name} ${plugin.version} what it asks for`,
      target: plugin.root,
      difference: changesText(changes).trimEnd().split('\n').filter(Boolean),
    },
  ],
  run: async ({dataDir, plugin}, io) => {
    await io.perform({
      kind: 'checkable',
      name: `${plugin.name} ${plugin.version} was granted what it asks for`,
      findOut: 'aurora hooks grants',
      call: async () => {
        await (await pluginManager()).grantPlugin(dataDir, plugin)
        return null
      },
      check: async () => ((await isGranted(dataDir, plugin)) ? null : undefined),
    })
    return {}
  },
})

/** Grants an installed plugin what it asks for now. */
export const grantHooks = operation<'hooks.grant', GrantInput>('hooks.grant')
  .read(look)
  .hooks(({plugin}) => ({options: {plugin: plugin.name, version: plugin.version}}))
  .act(ask)
  .act(grant)
  .returns(({plugin}): PluginReport => reportPlugin(plugin))

declare module '@auroractl/cli' {
  interface Operations {
    'hooks.grant': {options: {plugin: string; version: string}}
  }
}
