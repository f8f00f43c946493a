import {stat} from 'node:fs/promises'
import {operation, type OperationTable, pluginManager, step} from '@auroractl/cli'
import {type PackageReport, reportPackage, reportPlugin} from '../report.ts'

interface InspectInput {
  dataDir: string
  operations: OperationTable
  /** An installed plugin's name, a folder, or a package as `plugins install` takes it. */
  subject: string
}

const look = step<InspectInput, {report: PackageReport}>({
  name: 'look at the plugin',
  run: async ({dataDir, operations, subject}) => {
    const {changesSince, fetchCandidate, inspectPlugin, installedPlugins, knownOperations, readGrants, staged} = await pluginManager()
    const installed = (await installedPlugins(dataDir)).find(({name}) => name === subject)
    const folder = installed?.root ?? ((await isFolder(subject)) ? subject : undefined)
    if (folder === undefined) {
      return {report: await staged(dataDir, async (staging) => reportPackage(await fetchCandidate(staging, subject, operations)))}
    }
    const known = await knownOperations(dataDir, operations)
    const plugin = {...(await inspectPlugin(folder, known)), ...(installed ? {root: installed.root} : {})}
    const changes = changesSince((await readGrants(dataDir)).get(plugin.name), plugin)
    return {report: {...reportPlugin(plugin), scripts: [], changes}}
  },
})

function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
}

/** What a plugin brings and asks for; nothing is installed, and nothing of it is run. */
export const inspectPlugin = operation<'plugins.inspect', InspectInput>('plugins.inspect')
  .read(look)
  .hooks(({report}) => ({options: {plugin: report.name}}))
  .returns(({report}) => report)

declare module '@auroractl/cli' {
  interface Operations {
    'plugins.inspect': {options: {plugin: string}}
  }
}
