import {readGrants} from '../../hook/grants.ts'
import {installedPlugins} from '../../hook/installed.ts'
import {loadUserPlugin, type PluginLoad} from '../load-user-plugins.ts'
import {shareHost} from '../share-host.ts'

/** Loads the user's plugins one after the other, in a thread of the doctor's: tells the name of each before, and how it went after. */
export async function measureUserPlugins(dataDir: string, tell: (message: string | PluginLoad) => void): Promise<void> {
  shareHost()
  const [installed, grants] = await Promise.all([installedPlugins(dataDir), readGrants(dataDir)])
  for (const plugin of installed) {
    tell(plugin.name)
    const {load} = await loadUserPlugin(plugin, grants)
    if (load) tell(load)
  }
}
