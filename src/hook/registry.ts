import {UserError} from '../model/errors.ts'
import {ExitCode} from '../model/exit-code.ts'
import {type Grants, type HookGrant, notGranted, type PluginGrant, readGrants} from './grants.ts'
import {type InstalledPlugin, installedPlugins} from './installed.ts'
import {type HookDeclaration, manifestOperations, type OperationTable, parseManifest} from './manifest.ts'
import {orderHooks} from './order.ts'

/** A hook as it stands for this run. */
export interface RegisteredHook extends HookDeclaration {
  kind: 'project' | 'plugin' | 'policy'
  /** Where it is declared, as messages say it: `plugin team-guard`, `project /home/me/shop/aurora.yaml`. */
  source: string
  /** Whose code it is: the plugin's name, or the path of the file. The hooks of one owner share an isolate. */
  owner: string
  /** The folder of its script. */
  root: string
  /** Why it cannot be asked, which counts as a failure of it, and what to do about it. */
  blocked?: string
}

export interface HookRegistry {
  /** In the order in which they run. */
  hooks: readonly RegisteredHook[]
  /** The host's operations and those that the plugins bring. */
  operations: OperationTable
  /** What is wrong with installed plugins, each text naming the plugin. */
  problems: readonly string[]
}

/**
 * The hooks of the user's plugins. A plugin that was granted hooks and cannot be read any more keeps them, blocked, so that what they
 * guarded is not silently unguarded. @throws UserError when the grants or the list of plugins cannot be read, or the hooks not be ordered.
 */
export async function loadHooks(dataDir: string, operations: OperationTable): Promise<HookRegistry> {
  const [grants, plugins] = await Promise.all([readGrants(dataDir), listPlugins(dataDir)])
  const brought = plugins.map((plugin) => ('unreadable' in plugin.package ? {} : manifestOperations(plugin.package.aurora)))
  const known: OperationTable = Object.assign({}, ...brought, operations) as OperationTable
  const problems: string[] = []
  const hooks = plugins.flatMap((plugin) => hooksOf(plugin, grants, known, (text) => problems.push(`plugin ${plugin.name}: ${text}`)))
  return {hooks: orderHooks(hooks), operations: known, problems}
}

async function listPlugins(dataDir: string): Promise<InstalledPlugin[]> {
  return installedPlugins(dataDir).catch((cause: Error) => {
    throw new UserError(`The list of installed plugins cannot be read: ${cause.message}`, {
      code: 'hooks.plugins-unreadable',
      exitCode: ExitCode.invalidConfiguration,
      remedy: `Repair ${dataDir}/package.json, or remove it and install the plugins again.`,
      cause,
    })
  })
}

function hooksOf(plugin: InstalledPlugin, grants: Grants, operations: OperationTable, problem: (text: string) => void): RegisteredHook[] {
  const {name, root} = plugin
  const grant = grants.get(name)
  if ('unreadable' in plugin.package) {
    problem(`it cannot be read: ${plugin.package.unreadable}`)
    return standIns(plugin, grant, [], `its plugin cannot be read: ${plugin.package.unreadable}`)
  }
  if (plugin.package.aurora === undefined) {
    if (grant) problem('it has no hook manifest any more')
    return standIns(plugin, grant, [], 'its plugin has no hook manifest any more')
  }
  const {hooks, problems} = parseManifest(plugin.package.aurora, operations)
  problems.forEach(problem)
  const registered = hooks.map((hook) => {
    const why = notGranted(grant, root, hook)
    const blocked = why === undefined ? {} : {blocked: `it is not granted: ${why}. ${remedyFor(plugin)}`}
    return {...hook, ...originOf(plugin), ...blocked}
  })
  if (problems.length === 0) return registered
  return [...registered, ...standIns(plugin, grant, hooks, `its manifest is not valid: ${problems.join('; ')}`)]
}

/** The granted hooks that the plugin should have and does not show, in the place where they were. */
function standIns(
  plugin: InstalledPlugin,
  grant: PluginGrant | undefined,
  present: readonly HookDeclaration[],
  why: string,
): RegisteredHook[] {
  const missing = Object.entries(grant?.hooks ?? {}).filter(([name]) => !present.some((hook) => hook.name === name))
  return missing.map(([name, hook]) => standIn(plugin, name, hook, `${why}. ${remedyFor(plugin)}`))
}

function standIn(plugin: InstalledPlugin, name: string, {on, when, powers, onFailure}: HookGrant, blocked: string): RegisteredHook {
  return {name, on, when, needs: powers, onFailure, script: '', before: [], after: [], timeoutMs: 0, ...originOf(plugin), blocked}
}

function originOf({name, root}: InstalledPlugin) {
  return {kind: 'plugin' as const, source: `plugin ${name}`, owner: name, root}
}

function remedyFor({type, name, root}: InstalledPlugin): string {
  return type === 'link'
    ? `Look at it and link it again with 'aurora plugins link ${root}', or remove it with 'aurora plugins unlink ${name}'.`
    : `Look at it and grant it with 'aurora hooks grant ${name}', or remove it with 'aurora plugins uninstall ${name}'.`
}
