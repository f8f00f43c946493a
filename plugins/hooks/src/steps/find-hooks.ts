import {type HookFiles, type HookRegistry, loadHooks, type OperationTable, step} from '@auroractl/cli'

/** Where the hooks of a user are found. */
export interface HookSources {
  dataDir: string
  operations: OperationTable
  files: HookFiles
}

/** Finds the hooks of the plugins, the project and the site, as they stand now. */
export const findHooks = step<HookSources, {registry: HookRegistry}>({
  name: 'find hooks',
  async run({dataDir, operations, files}) {
    return {registry: await loadHooks(dataDir, operations, files)}
  },
})
