import {safeLine} from '../terminal/safe-text.ts'
import {UserError} from '../model/errors.ts'
import {ExitCode} from '../model/exit-code.ts'
import {type Grants, type HookGrant, notGranted, type PluginGrant} from './grants.ts'
import {type InstalledPlugin, installedPlugins} from './installed.ts'
import {type HookDeclaration, type OperationTable, parseManifest} from './manifest.ts'
import type {RegisteredHook} from './registered.ts'

/** @throws UserError (exit 3) for a list that cannot be read */
export async function listPlugins(dataDir: string): Promise<InstalledPlugin[]> {
  return installedPlugins(dataDir).catch((cause: Error) => {
    throw new UserError(`The list of installed plugins cannot be read: ${cause.message}`, {
      code: 'hooks.plugins-unreadable',
      exitCode: ExitCode.invalidConfiguration,
      remedy: `Repair ${dataDir}/package.json, or remove it and install the plugins again.`,
      cause,
    })
  })
}

/**
 * The hooks of a plugin. One that was granted hooks and cannot be read any more keeps them, blocked, so that what they guarded is not
 * silently unguarded.
 */
export function pluginHooks(
  plugin: InstalledPlugin,
  grants: Grants,
  operations: OperationTable,
  problem: (text: string) => void,
): RegisteredHook[] {
  const {name, root} = plugin
  const grant = grants.get(name)
  if ('unreadable' in plugin.package) {
    problem(`it cannot be read: ${plugin.package.unreadable}`)
    return standIns(plugin, grant, [], `its plugin cannot be read: ${plugin.package.unreadable}`)
  }
  if (plugin.package.aurora === undefined) {
    if (Object.keys(grant?.hooks ?? {}).length > 0) problem('it has no hook manifest any more')
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
  return [...registered, ...standIns(plugin, grant, hooks, `its manifest is not valid: ${safeLine(problems.join('; '))}`)]
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
