import type {Condition} from './condition.ts'
import {configurationProblems} from './configured.ts'
import type {FileEntry, UsedHook} from './file-entries.ts'
import type {HookFile} from './hook-file.ts'
import type {HookKind, RegisteredHook} from './registered.ts'

/** What the entries of a file can refer to. */
export interface Installed {
  hooks: readonly RegisteredHook[]
  /** The names of the plugins, also of those without hooks. */
  plugins: readonly string[]
}

/** The hooks that a file's entries stand for, in its order, and what is wrong with them. */
export async function fileHooks(
  {path, root}: HookFile,
  kind: Exclude<HookKind, 'plugin'>,
  entries: readonly FileEntry[],
  installed: Installed,
): Promise<{hooks: RegisteredHook[]; problems: string[]}> {
  const source = `${kind} ${path}`
  const hooks: RegisteredHook[] = []
  const problems: string[] = []
  for (const entry of entries) {
    const hook = 'use' in entry ? usedHook(entry, kind, source, installed) : {...entry, kind, source, owner: path, root}
    const found = typeof hook === 'string' ? [hook] : await withProblems(hook)
    if (typeof hook !== 'string') hooks.push(hook)
    problems.push(...found.map((text) => `hook '${entry.name}': ${text}`))
  }
  return {hooks, problems}
}

/** The plugin's hook as the file configures it, or why it cannot be. A file may narrow a hook, never loosen it. */
function usedHook(
  entry: UsedHook,
  kind: Exclude<HookKind, 'plugin'>,
  source: string,
  {hooks, plugins}: Installed,
): RegisteredHook | string {
  const {plugin, hook: name} = entry.use
  const hook = hooks.find((candidate) => candidate.owner === plugin && candidate.name === name)
  if (!hook) {
    if (!plugins.includes(plugin)) return `no plugin '${plugin}' is installed`
    const names = hooks.filter(({owner}) => owner === plugin).map((candidate) => `'${candidate.name}'`)
    return `the plugin ${plugin} has no hook '${name}'; ${names.length > 0 ? `it has ${names.join(', ')}` : 'it has none'}`
  }
  if (entry.onFailure === 'ignore' && hook.onFailure === 'deny') return '\'onFailure\' can be made stricter, not "ignore"'
  const {optional: _, ...rest} = hook
  return {
    ...rest,
    name: entry.name,
    kind,
    source,
    // The plugin's own order is one among plugins' hooks.
    before: entry.before,
    after: entry.after,
    onFailure: entry.onFailure ?? hook.onFailure,
    configures: {source: hook.source, name},
    ...narrowedTo(entry.when),
    ...('with' in entry ? {with: entry.with} : {}),
  }
}

function narrowedTo(when: Condition): Pick<RegisteredHook, 'narrowed'> {
  return Object.keys(when).length === 0 ? {} : {narrowed: when}
}

async function withProblems(hook: RegisteredHook): Promise<string[]> {
  if (hook.with === undefined) return []
  if (hook.schema) return configurationProblems(hook.schema, hook.with)
  return hook.configures ? ["it takes no 'with': its plugin declares no schema for it"] : []
}
