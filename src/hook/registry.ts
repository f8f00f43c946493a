import {findProjectFile} from './find-project-file.ts'
import {readGrants} from './grants.ts'
import {operationsOf, together} from './known-operations.ts'
import type {OperationTable} from './manifest.ts'
import {orderHooks, strayNames} from './order.ts'
import {listPlugins, pluginHooks} from './plugin-hooks.ts'
import {policyHooks, readPolicyFile} from './policy-hooks.ts'
import {type ProjectFile, projectHooks, readProjectFile} from './project-hooks.ts'
import type {HookKind, RegisteredHook} from './registered.ts'

export type {RegisteredHook} from './registered.ts'

export interface HookRegistry {
  /** In the order in which they run. */
  hooks: readonly RegisteredHook[]
  /** The host's operations and those that the plugins bring. */
  operations: OperationTable
  /** What is wrong with installed plugins, and wishes for an order that bind nothing; each text names where. */
  problems: readonly string[]
}

/** Where else than among the user's plugins hooks are to be found. */
export interface HookFiles {
  /** The folders whose projects' hooks apply. */
  folders: readonly string[]
  home: string
  /** Those of `--hooks`. */
  given: readonly string[]
  /** The site's; none is looked for without it. */
  policyFolder?: string
}

const KINDS: readonly HookKind[] = ['project', 'plugin', 'policy']

/**
 * The hooks of the user's plugins, of the project and of the site, each kind in its order. @throws UserError when the grants, the list of plugins or
 * a file cannot be read, or the hooks not be ordered; HookDenied for a policy that cannot be known
 */
export async function loadHooks(dataDir: string, operations: OperationTable, files?: HookFiles): Promise<HookRegistry> {
  const [grants, plugins, projects, policy] = await Promise.all([
    readGrants(dataDir),
    listPlugins(dataDir),
    files ? projectFiles(files) : [],
    files?.policyFolder === undefined ? undefined : readPolicyFile(files.policyFolder),
  ])
  const known = {
    ...together([...projects.map((file) => file.operations), policy?.operations ?? {}, ...plugins.map(operationsOf)]),
    ...operations,
  }
  const problems: string[] = []
  const ofPlugins = plugins.flatMap((plugin) =>
    pluginHooks(plugin, grants, known, (text) => problems.push(`plugin ${plugin.name}: ${text}`)),
  )
  const installed = {hooks: ofPlugins, plugins: plugins.map(({name}) => name)}
  const ofProjects = await Promise.all(projects.map((file) => projectHooks(file, dataDir, known, installed)))
  const ofPolicy = policy ? await policyHooks(policy, known, installed) : []
  const all = [...ofProjects.flat(), ...ofPlugins, ...ofPolicy]
  const byKind = KINDS.map((kind) => all.filter((hook) => hook.kind === kind))
  problems.push(...byKind.flatMap((hooks) => strayNames(hooks, all)))
  return {hooks: byKind.flatMap((hooks) => orderHooks(hooks)), operations: known, problems}
}

/** Those of the folders' projects, then those that were named; each once. */
async function projectFiles({folders, home, given}: HookFiles): Promise<ProjectFile[]> {
  const found = folders.flatMap((folder) => findProjectFile(folder, home) ?? [])
  const ofProjects = await Promise.all([...new Set(found)].map(readProjectFile))
  const named = await Promise.all(given.map(readProjectFile))
  // A job's configuration may be called aurora.json, too.
  const files = [...ofProjects.filter(({content}) => Object.hasOwn(content, 'hooks')), ...named]
  return [...new Map(files.map((file) => [file.path, file])).values()]
}
