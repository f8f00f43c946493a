import type {InstalledPlugin} from './installed.ts'
import {manifestOperations, type OperationTable} from './manifest.ts'
import {listPlugins} from './plugin-hooks.ts'

/** The host's operations and those that the user's plugins bring. @throws UserError (exit 3) when the list of plugins cannot be read */
export async function knownOperations(dataDir: string, operations: OperationTable): Promise<OperationTable> {
  const plugins = await listPlugins(dataDir)
  return {...together(plugins.map(operationsOf)), ...operations}
}

/** What a plugin's manifest says that it brings. */
export function operationsOf(plugin: InstalledPlugin): OperationTable {
  return 'unreadable' in plugin.package ? {} : manifestOperations(plugin.package.aurora)
}

/** An operation that several say they bring calls what any of them says, so that nobody takes the hooks of what it calls away. */
export function together(tables: readonly OperationTable[]): OperationTable {
  const all = new Map<string, Set<string>>()
  for (const [name, {calls = []}] of tables.flatMap((table) => Object.entries(table))) {
    all.set(name, new Set([...(all.get(name) ?? []), ...calls]))
  }
  return Object.fromEntries([...all].map(([name, calls]) => [name, {calls: [...calls]}]))
}
