import {parseDuration} from '../model/duration.ts'
import {isHookPhase, type HookPhase} from '../model/hook-point.ts'
import {HOOK_PHASES} from '../model/hook-point.ts'
import {type Condition, parseCondition} from './condition.ts'
import {nearest} from '../model/nearest.ts'
import {parsePowers, type Powers} from './powers.ts'

/** A point as the registry has it: the operation may be one that a plugin brings. */
export interface Point {
  phase: HookPhase
  operation: string
}

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
}

export interface Manifest {
  hooks: readonly HookDeclaration[]
  /** What is wrong with it, for the plugin's author. Hooks with problems are not among `hooks`. */
  problems: readonly string[]
}

type Field = 'name' | 'on' | 'script' | 'when' | 'needs' | 'before' | 'after' | 'timeout' | 'onFailure'

const FIELDS: readonly string[] = ['name', 'on', 'script', 'when', 'needs', 'before', 'after', 'timeout', 'onFailure'] satisfies Field[]
const DEFAULT_TIMEOUT_MS = 5_000
const MAX_TIMEOUT_MS = 600_000
const SCRIPT = /\.[cm]?[jt]s$/

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
  const known = new Set(Object.keys(operations))
  const hooks: HookDeclaration[] = []
  const problems: string[] = []
  for (const [index, entry] of entries.entries()) {
    const found: string[] = []
    const hook = parseHook(entry, known, (text) => found.push(text))
    if (hooks.some(({name}) => name === hook.name)) found.push('another hook of the plugin has the same name')
    if (found.length === 0) hooks.push(hook)
    problems.push(...found.map((text) => `hook ${hook.name === '' ? `number ${index + 1}` : `'${hook.name}'`}: ${text}`))
  }
  return {hooks, problems}
}

function parseHook(entry: unknown, operations: ReadonlySet<string>, problem: (text: string) => void): HookDeclaration {
  const record = isRecord(entry) ? entry : {}
  if (!isRecord(entry)) problem('it must be an object')
  for (const field of Object.keys(record)) if (!FIELDS.includes(field)) problem(`unknown field '${field}'${nearest(field, FIELDS)}`)
  return {
    name: parseName(record['name'], problem),
    on: parsePoints(record['on'], operations, problem),
    script: parseScript(record['script'], problem),
    when: parseCondition(record['when'], problem),
    needs: parsePowers(record['needs'], problem),
    before: parseNames('before', record['before'], problem),
    after: parseNames('after', record['after'], problem),
    timeoutMs: parseTimeout(record['timeout'], problem),
    onFailure: parseOnFailure(record['onFailure'], problem),
  }
}

function parseName(value: unknown, problem: (text: string) => void): string {
  if (typeof value === 'string' && /^[a-z\d][\w.-]*$/i.test(value) && value.length <= 100) {
    if (value !== 'all') return value
    problem("'all' cannot be a name: --skip-hooks gives it another meaning")
  } else problem("'name' must be a text of letters, digits, '.', '_' and '-'")
  return ''
}

function parsePoints(value: unknown, operations: ReadonlySet<string>, problem: (text: string) => void): Point[] {
  if (!Array.isArray(value) || value.length === 0) {
    problem('\'on\' must be a list of points, for example ["pre:job.kill"]')
    return []
  }
  return value.flatMap((point: unknown) => {
    const [, phase, operation] = (typeof point === 'string' && /^([^:]*):(.*)$/s.exec(point)) || []
    if (phase === undefined || operation === undefined) {
      problem(`'${String(point)}' is not a point; a point is PHASE:OPERATION, for example pre:job.kill`)
      return []
    }
    if (!isHookPhase(phase)) problem(`'${phase}:${operation}' has an unknown phase${nearest(phase, Object.keys(HOOK_PHASES))}`)
    else if (!operations.has(operation))
      problem(`'${phase}:${operation}' names an operation that does not exist${nearest(operation, operations)}`)
    else return [{phase, operation}]
    return []
  })
}

function parseScript(value: unknown, problem: (text: string) => void): string {
  if (typeof value !== 'string' || value === '') problem("'script' must be the path of the hook's script in the plugin's folder")
  else if (!SCRIPT.test(value)) problem(`the script '${value}' is neither JavaScript nor TypeScript`)
  else return value
  return ''
}

function parseNames(field: Field, value: unknown, problem: (text: string) => void): string[] {
  if (value === undefined) return []
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value
  problem(`'${field}' must be a list of hook names`)
  return []
}

function parseTimeout(value: unknown, problem: (text: string) => void): number {
  if (value === undefined) return DEFAULT_TIMEOUT_MS
  try {
    const ms = parseDuration(typeof value === 'string' ? value : '')
    if (ms > 0 && ms <= MAX_TIMEOUT_MS) return ms
    problem(`'timeout' must be between 1s and ${MAX_TIMEOUT_MS / 60_000}m`)
  } catch {
    problem('\'timeout\' must be a time span, for example "5s"')
  }
  return DEFAULT_TIMEOUT_MS
}

function parseOnFailure(value: unknown, problem: (text: string) => void): 'deny' | 'ignore' {
  if (value === undefined || value === 'deny' || value === 'ignore') return value ?? 'deny'
  problem('\'onFailure\' must be "deny" or "ignore"')
  return 'deny'
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
