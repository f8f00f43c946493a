import type {JsonObject} from '../model/json.ts'
import {nearest} from '../model/nearest.ts'
import {safeLine} from '../terminal/safe-text.ts'
import {type Condition, parseCondition} from './condition.ts'
import {
  isRecord,
  parseName,
  parseNames,
  parseOnFailure,
  parseOptional,
  parsePoints,
  parseSchema,
  parseScript,
  parseTimeout,
  type Point,
  type Problem,
} from './manifest-fields.ts'
import {parsePowers, type Powers} from './powers.ts'

export {isRecord, type Point}

/** Operations by name, with those that each calls. */
export type OperationTable = Readonly<Record<string, {calls?: readonly string[]}>>

/** One hook as a manifest declares it. */
export interface HookDeclaration {
  name: string
  on: readonly Point[]
  /** Relative to the plugin's folder. */
  script: string
  when: Condition
  needs: Powers
  before: readonly string[]
  after: readonly string[]
  timeoutMs: number
  onFailure: 'deny' | 'ignore'
  /** It runs only where a file of the project or the site uses it. */
  optional?: true
  /** The JSON schema of what such a file can say to it: `ctx.with`. */
  schema?: JsonObject
}

export interface Manifest {
  hooks: readonly HookDeclaration[]
  /** What is wrong with it, for the plugin's author. Hooks with problems are not among `hooks`. */
  problems: readonly string[]
}

const FIELDS: readonly string[] = ['name', 'on', 'script', 'when', 'needs', 'before', 'after', 'timeout', 'onFailure', 'optional', 'schema']

export function formatPoint({phase, operation}: Point): string {
  return `${phase}:${operation}`
}

/** The operations that a plugin's manifest says it brings. */
export function manifestOperations(aurora: unknown): OperationTable {
  const table: unknown = isRecord(aurora) ? aurora['operations'] : undefined
  if (!isRecord(table)) return {}
  const operations = Object.entries(table).map(([name, entry]) => {
    const calls: unknown = isRecord(entry) ? entry['calls'] : undefined
    return [name, Array.isArray(calls) ? {calls: calls.filter((called) => typeof called === 'string')} : {}] as const
  })
  return Object.fromEntries(operations)
}

/** Reads the `aurora` part of a package.json: static data, nothing of it is run. */
export function parseManifest(aurora: unknown, operations: OperationTable): Manifest {
  if (!isRecord(aurora)) return {hooks: [], problems: ["'aurora' in package.json must be an object"]}
  const entries: unknown = aurora['hooks'] ?? []
  if (!Array.isArray(entries)) return {hooks: [], problems: ["'aurora.hooks' in package.json must be a list"]}
  const {read, problems} = readEntries(entries, (entry, problem) => parseHook(entry, operations, problem))
  return {hooks: read, problems}
}

/** What a person who reads of them can bear. */
const MAX_ENTRIES = 200
const MAX_PROBLEMS = 10
const MAX_PROBLEM = 300

/** Reads entries one by one: those that are sound, and what is wrong with the others, each text naming its entry. */
export function readEntries<Entry extends {name: string}>(
  entries: readonly unknown[],
  parse: (entry: Record<string, unknown>, problem: Problem) => Entry,
): {read: Entry[]; problems: string[]} {
  const read: Entry[] = []
  const problems: string[] = []
  if (entries.length > MAX_ENTRIES) return {read, problems: [`it has ${entries.length} hooks; it may have ${MAX_ENTRIES}`]}
  for (const [index, entry] of entries.entries()) {
    const found: string[] = []
    if (!isRecord(entry)) found.push('it must be an object')
    const parsed = parse(isRecord(entry) ? entry : {}, (text) => found.push(text))
    if (read.some(({name}) => name === parsed.name)) found.push('another hook has the same name')
    if (found.length === 0) read.push(parsed)
    const hook = parsed.name === '' ? `number ${index + 1}` : `'${parsed.name}'`
    problems.push(...found.slice(0, MAX_PROBLEMS).map((text) => safeLine(`hook ${hook}: ${text}`, MAX_PROBLEM)))
  }
  return {read, problems}
}

export function refuseUnknown(entry: Record<string, unknown>, fields: readonly string[], problem: Problem): void {
  for (const field of Object.keys(entry)) if (!fields.includes(field)) problem(`unknown field '${field}'${nearest(field, fields)}`)
}

/** Reads one hook; `more` are fields that somebody else reads. */
export function parseHook(
  entry: Record<string, unknown>,
  operations: OperationTable,
  problem: Problem,
  more: readonly string[] = [],
): HookDeclaration {
  refuseUnknown(entry, [...FIELDS, ...more], problem)
  const schema = parseSchema(entry['schema'], problem)
  return {
    name: parseName(entry['name'], problem),
    on: parsePoints(entry['on'], new Set(Object.keys(operations)), problem),
    script: parseScript(entry['script'], problem),
    when: parseCondition(entry['when'], problem),
    needs: parsePowers(entry['needs'], problem),
    before: parseNames('before', entry['before'], problem),
    after: parseNames('after', entry['after'], problem),
    timeoutMs: parseTimeout(entry['timeout'], problem),
    onFailure: parseOnFailure(entry['onFailure'], problem),
    ...(parseOptional(entry['optional'], problem) ? {optional: true} : {}),
    ...(schema === undefined ? {} : {schema}),
  }
}
