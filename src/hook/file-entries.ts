import type {Json} from '../model/json.ts'
import {type Condition, parseCondition} from './condition.ts'
import {type HookDeclaration, type OperationTable, parseHook, readEntries, refuseUnknown} from './manifest.ts'
import {parseName, parseNames, parseOnFailure, type Problem} from './manifest-fields.ts'

/** An entry that chooses a hook of an installed plugin, and configures it. */
export interface UsedHook {
  name: string
  use: {plugin: string; hook: string}
  when: Condition
  before: readonly string[]
  after: readonly string[]
  onFailure: 'deny' | 'ignore' | undefined
  with?: Json
}

/** An entry of a file: a hook of its own, or one of a plugin. */
export type FileEntry = (HookDeclaration & {with?: Json}) | UsedHook

const FILE_FIELDS = ['hooks', 'operations']
const USE_FIELDS = ['use', 'name', 'with', 'when', 'before', 'after', 'onFailure']
const PLUGINS_FIELDS = ['needs', 'on', 'script', 'timeout', 'schema', 'optional']

/** Reads the entries of a file of hooks: static data, nothing of it is run. */
export function parseFileEntries(
  content: Record<string, unknown>,
  operations: OperationTable,
): {entries: readonly FileEntry[]; problems: readonly string[]} {
  const problems: string[] = []
  refuseUnknown(content, FILE_FIELDS, (text) => problems.push(text))
  const list = content['hooks']
  if (!Array.isArray(list)) return {entries: [], problems: [...problems, "'hooks' must be a list"]}
  const {read, problems: found} = readEntries<FileEntry>(list, (entry, problem) =>
    entry['use'] === undefined ? parseOwn(entry, operations, problem) : parseUsed(entry, problem),
  )
  return {entries: read, problems: [...problems, ...found]}
}

function parseOwn(entry: Record<string, unknown>, operations: OperationTable, problem: Problem): FileEntry {
  if (entry['optional'] !== undefined) problem("only a plugin's hook can be optional")
  return {...parseHook(entry, operations, problem, ['with']), ...given(entry)}
}

function parseUsed(entry: Record<string, unknown>, problem: Problem): UsedHook {
  const use = parseUse(entry['use'], problem)
  for (const field of PLUGINS_FIELDS)
    if (entry[field] !== undefined) problem(`'${field}' is the plugin's to say; an entry with 'use' cannot have it`)
  refuseUnknown(entry, [...USE_FIELDS, ...PLUGINS_FIELDS], problem)
  return {
    name: entry['name'] === undefined ? use.hook : parseName(entry['name'], problem),
    use,
    when: parseCondition(entry['when'], problem),
    before: parseNames('before', entry['before'], problem),
    after: parseNames('after', entry['after'], problem),
    onFailure: entry['onFailure'] === undefined ? undefined : parseOnFailure(entry['onFailure'], problem),
    ...given(entry),
  }
}

function parseUse(value: unknown, problem: Problem): {plugin: string; hook: string} {
  const [, plugin, hook] = (typeof value === 'string' && /^(.+)\/([^/]+)$/.exec(value)) || []
  if (plugin !== undefined && hook !== undefined) return {plugin, hook}
  problem('\'use\' must name a plugin and its hook, for example "team-guard/change-freeze"')
  return {plugin: '', hook: ''}
}

function given(entry: Record<string, unknown>): {with?: Json} {
  return Object.hasOwn(entry, 'with') ? {with: entry['with'] as Json} : {}
}
