import {parseDuration} from '../model/duration.ts'
import {HOOK_PHASES, isHookPhase, type HookPhase} from '../model/hook-point.ts'
import type {JsonObject} from '../model/json.ts'
import {nearest} from '../model/nearest.ts'

/** A point as the registry has it: the operation may be one that a plugin brings. */
export interface Point {
  phase: HookPhase
  operation: string
}

/** Hears what is wrong with a field. */
export type Problem = (text: string) => void

const DEFAULT_TIMEOUT_MS = 5_000
const MAX_TIMEOUT_MS = 600_000
const MAX_PATH = 1_000
const SCRIPT = /\.[cm]?[jt]s$/

export function parseName(value: unknown, problem: Problem): string {
  if (typeof value === 'string' && /^[a-z\d][\w.-]*$/i.test(value) && value.length <= 100) {
    if (value !== 'all') return value
    problem("'all' cannot be a name: --skip-hooks gives it another meaning")
  } else problem("'name' must be a text of letters, digits, '.', '_' and '-'")
  return ''
}

export function parsePoints(value: unknown, operations: ReadonlySet<string>, problem: Problem): Point[] {
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

export function parseScript(value: unknown, problem: Problem): string {
  if (typeof value !== 'string' || value === '') problem("'script' must be the path of the hook's script in the plugin's folder")
  else if (value.length > MAX_PATH) problem(`the path of the script is longer than ${MAX_PATH} characters`)
  else if (!SCRIPT.test(value)) problem(`the script '${value}' is neither JavaScript nor TypeScript`)
  else return value
  return ''
}

export function parseNames(field: string, value: unknown, problem: Problem): string[] {
  if (value === undefined) return []
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value
  problem(`'${field}' must be a list of hook names`)
  return []
}

export function parseTimeout(value: unknown, problem: Problem): number {
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

export function parseOnFailure(value: unknown, problem: Problem): 'deny' | 'ignore' {
  if (value === undefined || value === 'deny' || value === 'ignore') return value ?? 'deny'
  problem('\'onFailure\' must be "deny" or "ignore"')
  return 'deny'
}

export function parseOptional(value: unknown, problem: Problem): boolean {
  if (value !== undefined && typeof value !== 'boolean') problem("'optional' must be true or false")
  return value === true
}

/** The JSON schema of what a project's file can say to the hook. */
export function parseSchema(value: unknown, problem: Problem): JsonObject | undefined {
  if (value === undefined) return undefined
  if (isRecord(value)) return value as JsonObject
  problem("'schema' must be a JSON schema, an object")
  return undefined
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
