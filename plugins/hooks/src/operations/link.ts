import {inspectPlugin, linkPlugin, type OperationTable} from '@auroractl/cli'
import {type PluginReport, reportPlugin} from '../report.ts'

/** Links the plugin in a folder and grants its hooks what its manifest asks for. Nothing of the plugin is run. */
export async function link(dataDir: string, path: string, operations: OperationTable): Promise<PluginReport> {
  const plugin = await inspectPlugin(path, operations)
  await linkPlugin(dataDir, plugin, operations)
  return reportPlugin(plugin)
}
