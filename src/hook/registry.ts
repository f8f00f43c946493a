import {fileSources, type HookFiles} from './file-sources.ts'
import {readGrants} from './grants.ts'
import {operationsOf, together} from './known-operations.ts'
import type {OperationTable} from './manifest.ts'
import {orderHooks, strayNames} from './order.ts'
import {listPlugins, pluginHooks} from './plugin-hooks.ts'
import type {HookKind, RegisteredHook} from './registered.ts'

export type {HookFiles} from './file-sources.ts'
export type {RegisteredHook} from './registered.ts'

export interface HookRegistry {
  /** In the order in which they run. */
  hooks: readonly RegisteredHook[]
  /** The host's operations and those that the plugins bring. */
  operations: OperationTable
  /** What is wrong with installed plugins, and wishes for an order that bind nothing; each text names where. */
  problems: readonly string[]
}

const KINDS: readonly HookKind[] = ['project', 'plugin', 'policy']

/**
 * The hooks of the user's plugins, of the project and of the site, each kind in its order. @throws UserError when the grants, the list of plugins or
 * a file cannot be read, or the hooks not be ordered; HookDenied for a policy that cannot be known
 */
export async function loadHooks(dataDir: string, operations: OperationTable, files?: HookFiles): Promise<HookRegistry> {
  const [grants, plugins, sources] = await Promise.all([
    readGrants(dataDir),
    listPlugins(dataDir),
    files ? fileSources(files, dataDir) : [],
  ])
  const known = {
    ...together([...sources.map((source) => source.operations), ...plugins.map(operationsOf)]),
    ...operations,
  }
  const problems: string[] = []
  const ofPlugins = plugins.flatMap((plugin) =>
    pluginHooks(plugin, grants, known, (text) => problems.push(`plugin ${plugin.name}: ${text}`)),
  )
  const installed = {hooks: ofPlugins, plugins: plugins.map(({name}) => name)}
  const ofFiles = await Promise.all(sources.map((source) => source.hooks(known, installed)))
  const all = [...ofFiles.flat(), ...ofPlugins]
  const byKind = KINDS.map((kind) => all.filter((hook) => hook.kind === kind))
  problems.push(...byKind.flatMap((hooks) => strayNames(hooks, all)))
  return {hooks: byKind.flatMap((hooks) => orderHooks(hooks)), operations: known, problems}
}
