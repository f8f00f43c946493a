import {findPlugin, inspectPlugin, type OperationTable, type PluginInspection} from '@auroractl/cli'

/** The installed plugin as it is now; what its hooks ask for is what a grant would give. */
export async function inspectInstalled(dataDir: string, name: string, operations: OperationTable): Promise<PluginInspection> {
  const {root} = await findPlugin(dataDir, name)
  return inspectPlugin(root, operations)
}
