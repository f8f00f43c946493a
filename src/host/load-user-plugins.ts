import {Plugin} from '@oclif/core/config'
import {asAuroraError} from '../model/errors.ts'
import {type Grants, readGrants} from '../hook/grants.ts'
import {type InstalledPlugin, installedPlugins} from '../hook/installed.ts'
import {unconfinedKeys} from '../hook/unconfined-code.ts'

const PATIENCE_MS = 10_000

/** How the loading of one of the user's plugins went. */
export interface PluginLoad {
  name: string
  ms: number
  /** What is wrong with it; the other plugins are none the worse. */
  problem?: string
}

interface Loaded {
  plugin?: Plugin
  load?: PluginLoad
}

interface UserPlugins {
  plugins: readonly Plugin[]
  loads: readonly PluginLoad[]
}

/**
 * Loads the user's plugins that bring code for outside the sandbox, as far as the user has agreed to that. Of all others nothing is run:
 * a plugin of hooks alone has nothing that oclif needs.
 */
export async function loadUserPlugins(dataDir: string): Promise<UserPlugins> {
  const [installed, grants] = await Promise.all([installedPlugins(dataDir), readGrants(dataDir)])
  const loaded = await Promise.all(installed.map((plugin) => loadUserPlugin(plugin, grants)))
  return {
    plugins: loaded.flatMap(({plugin}) => (plugin ? [plugin] : [])),
    loads: loaded.flatMap(({load: each}) => (each ? [each] : [])),
  }
}

/** One of them; nothing is loaded of a plugin without code of its own. */
export async function loadUserPlugin(plugin: InstalledPlugin, grants: Grants): Promise<Loaded> {
  const {name, package: found} = plugin
  if ('unreadable' in found) return {load: {name, ms: 0, problem: `it cannot be read: ${found.unreadable}`}}
  const keys = unconfinedKeys(found.oclif)
  if (keys.length === 0) return {}
  const grant = grants.get(name)
  const granted = grant?.root === plugin.root ? (grant.unconfined ?? []) : []
  const more = keys.filter((key) => !granted.includes(key))
  if (more.length === 0) return load(plugin)
  const problem = `it brings code that runs outside the sandbox (${more.join(', ')}), which was never granted; look at it and grant it with 'aurora hooks grant ${name}'`
  return {load: {name, ms: 0, problem}}
}

async function load({name, root, type}: InstalledPlugin): Promise<Loaded> {
  const began = performance.now()
  const problems: string[] = []
  const plugin = new Plugin({name, root, type})
  // A command that cannot be loaded is one that the plugin does not have; oclif would print its stack.
  Object.assign(plugin, {warn: (thrown: unknown, scope?: string) => problems.push(problemText(thrown, scope))})
  try {
    await withinTime(plugin.load())
  } catch (thrown) {
    return {load: {name, ms: performance.now() - began, problem: `it cannot be loaded: ${asAuroraError(thrown).message}`}}
  }
  const ms = performance.now() - began
  return {plugin, load: {name, ms, ...(problems.length > 0 ? {problem: problems.join('; ')} : {})}}
}

function problemText(thrown: unknown, scope = ''): string {
  const command = /\((.*)\)/.exec(scope)?.[1]?.replaceAll(':', ' ')
  return `its command '${command ?? scope}' cannot be loaded: ${asAuroraError(thrown).message.split('\n')[0]}`
}

async function withinTime(work: Promise<void>): Promise<void> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error(`it took longer than ${PATIENCE_MS / 1000} s`)), PATIENCE_MS)
  await Promise.race([work, late.promise]).finally(() => clearTimeout(timer))
}
