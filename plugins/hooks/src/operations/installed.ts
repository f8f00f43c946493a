import {operation, pluginManager, step} from '@auroractl/cli'

export interface ListedPlugin {
  name: string
  version: string
  type: 'installed' | 'linked'
  root: string
  /** Why it cannot be read. */
  problem?: string
}

const read = step<{dataDir: string}, {plugins: ListedPlugin[]}>({
  name: 'read the list of plugins',
  run: async ({dataDir}) => {
    const plugins = await (await pluginManager()).installedPlugins(dataDir)
    return {
      plugins: plugins.map(({name, type, root, package: found}) => ({
        name,
        version: 'unreadable' in found ? '' : found.version,
        type: type === 'link' ? 'linked' : 'installed',
        root,
        ...('unreadable' in found ? {problem: found.unreadable} : {}),
      })),
    }
  },
})

/** The plugins that the user has installed or linked. */
export const listPlugins = operation<'plugins', {dataDir: string}>('plugins')
  .read(read)
  .returns(({plugins}) => plugins)

declare module '@auroractl/cli' {
  interface Operations {
    plugins: {options?: Record<string, never>}
  }
}
