import type {JobKey} from '../model/job-key.ts'

/** The parts of a job key that `when` can bind a hook to, each to one of several patterns in which `*` is any text. */
export type Condition = {[part in keyof JobKey]?: readonly string[]}

const PARTS: readonly string[] = ['cluster', 'role', 'environment', 'name'] satisfies (keyof JobKey)[]

/** Reads the `when` of a manifest; `problem` hears what is wrong with it. */
export function parseCondition(value: unknown, problem: (text: string) => void): Condition {
  if (value === undefined) return {}
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    problem('\'when\' must be an object, for example {"environment": ["prod"]}')
    return {}
  }
  const condition: Record<string, readonly string[]> = {}
  for (const [part, given] of Object.entries(value)) {
    const patterns: unknown[] = Array.isArray(given) ? given : [given]
    if (!PARTS.includes(part)) problem(`'when' has an unknown part '${part}'; it can have ${PARTS.join(', ')}`)
    else if (patterns.length === 0) problem(`'when.${part}' is empty, so the hook would never run`)
    else if (!patterns.every((pattern) => typeof pattern === 'string' && pattern !== ''))
      problem(`'when.${part}' must be a text or a list of texts`)
    else condition[part] = patterns as string[]
  }
  return condition
}

/** A condition in words: `environment is prod or staging*, role is www`. */
export function describeCondition(condition: Condition): string {
  return Object.entries(condition)
    .map(([part, patterns]) => `${part} is ${patterns.join(' or ')}`)
    .join(', ')
}

/** Whether the hook is meant for this job. An operation without a job is one that any hook may be meant for. */
export function meets(condition: Condition, job: JobKey | undefined): boolean {
  if (!job) return true
  return Object.entries(condition).every(([part, patterns]) => patterns.some((pattern) => matches(pattern, job[part as keyof JobKey])))
}

/** What of the condition the job does not meet: `environment is devel, not prod or staging*`. */
export function unmet(condition: Condition, job: JobKey): string[] {
  const parts = Object.entries(condition) as [keyof JobKey, readonly string[]][]
  return parts
    .filter(([part, patterns]) => !patterns.some((pattern) => matches(pattern, job[part])))
    .map(([part, patterns]) => `${part} is ${job[part]}, not ${patterns.join(' or ')}`)
}

/** Whether `text` is `pattern`, where each `*` stands for any text; no pattern takes longer than its length times the text's. */
export function matches(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.split('*')
  const last = rest.pop()
  if (last === undefined) return pattern === text
  if (!text.startsWith(first)) return false
  let at = first.length
  for (const piece of rest) {
    const found = text.indexOf(piece, at)
    if (found === -1) return false
    at = found + piece.length
  }
  return text.length - last.length >= at && text.endsWith(last)
}
