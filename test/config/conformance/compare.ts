import {isDeepStrictEqual} from 'node:util'
import type {Case, Evaluated} from './cases.ts'

/**
 * Where we differ on purpose, and why; docs/differences.md tells users. A line is the start of what `differences` says.
 */
const ON_PURPOSE: Readonly<Record<string, string>> = {
  '11_bind_scoping: bind positional string': 'what names nothing is refused where it is bound, not where it is looked up',
  '31_job_identifiers: c/r/devel/x\n': 'a name that ends with a line end is refused, as the scheduler would refuse it',
  '61_python_features: except as': 'the words of a Python exception are those of the Python that runs here, 3.14',
}

/** How our evaluation differs from that of the original; a part matches when it is as either of its engines had it. */
export function differences({name, expected}: Case, ours: Evaluated): string[] {
  return allDifferences(ours, expected).filter((text) => !Object.keys(ON_PURPOSE).some((start) => `${name}: ${text}`.startsWith(start)))
}

function allDifferences(ours: Evaluated, expected: readonly Evaluated[]): string[] {
  if (ours.error !== undefined) return expected.some(({error}) => error !== undefined) ? [] : [`refused: ${ours.message}`]
  if (ours.results) {
    const theirs = expected.flatMap(({results}) => (results ? [results] : []))
    return theirs.length === 0 ? ['accepted, where the original refuses the file'] : resultsDiffer(ours.results, theirs)
  }
  const theirs = expected.flatMap(({jobs}) => (jobs ? [jobs] : []))
  return theirs.length === 0 ? ['accepted, where the original refuses the file'] : jobsDiffer(ours.jobs ?? [], theirs)
}

function resultsDiffer(
  ours: readonly (readonly [string, unknown])[],
  theirs: readonly (readonly (readonly [string, unknown])[])[],
): string[] {
  const labels = theirs[0]?.map(([label]) => label) ?? []
  if (ours.length !== labels.length) return [`${ours.length} results instead of ${labels.length}`]
  return labels.flatMap((label, i) => {
    const mine = ours[i]?.[1]
    const wanted = theirs.map((results) => results[i]?.[1])
    return wanted.some((each) => sameResult(mine, each))
      ? []
      : [`${label}: ${JSON.stringify(mine)} instead of ${JSON.stringify(wanted[0])}`]
  })
}

/** Raw crashes of Python on bad input: any error of ours is right there. */
const CRASHES: ReadonlySet<unknown> = new Set([
  'TypeError',
  'AttributeError',
  'KeyError',
  'IndexError',
  'AssertionError',
  'UnboundLocalError',
])

/** The words of errors may differ; what is an error may not. */
function sameResult(ours: unknown, theirs: unknown): boolean {
  if (isError(theirs) || isError(ours))
    return isError(theirs) && isError(ours) && (CRASHES.has(theirs.error) || ours.error === theirs.error)
  if (Array.isArray(ours) && Array.isArray(theirs))
    return ours.length === theirs.length && ours.every((each, i) => sameResult(each, theirs[i]))
  if (!isObject(ours) || !isObject(theirs)) return Object.is(ours, theirs)
  const keys = Object.keys(theirs)
  return isDeepStrictEqual(Object.keys(ours).toSorted(), keys.toSorted()) && keys.every((key) => sameResult(ours[key], theirs[key]))
}

function jobsDiffer(ours: readonly Record<string, unknown>[], theirs: readonly (readonly Record<string, unknown>[])[]): string[] {
  const wanted = theirs[0]?.length ?? 0
  if (ours.length !== wanted) return [`${ours.length} jobs instead of ${wanted}`]
  return ours.flatMap((job, i) => {
    const found = theirs.map((jobs) => jobDiffers(job, jobs[i] ?? {}))
    return found.some((each) => each.length === 0) ? [] : (found[0] ?? [])
  })
}

const OUTCOME = ['stage', 'error', 'message']

/** The stage of a refusal and all that was reached before it must be the same. */
function jobDiffers(ours: Record<string, unknown>, theirs: Record<string, unknown>): string[] {
  const key = String(theirs['key'])
  if (ours['stage'] !== theirs['stage']) {
    const tell = (job: Record<string, unknown>): string =>
      job['stage'] ? `refused (${job['stage'] as string}: ${String(job['message'])})` : 'accepted'
    return [`${key}: ${tell(ours)}, where the original has it ${tell(theirs)}`]
  }
  const parts = new Set([...Object.keys(ours), ...Object.keys(theirs)].filter((part) => !OUTCOME.includes(part)))
  return [...parts].flatMap((part) =>
    samePart(part, ours[part], theirs[part])
      ? []
      : [`${key} ${part}: ${JSON.stringify(ours[part])} instead of ${JSON.stringify(theirs[part])}`],
  )
}

function samePart(part: string, ours: unknown, theirs: unknown): boolean {
  switch (part) {
    case 'check':
      return isObject(ours) && isObject(theirs) && ours['ok'] === theirs['ok']
    case 'client_check':
      return isObject(ours) && isObject(theirs) && ours['ok'] === theirs['ok'] && !ours['warnings'] === !theirs['warnings']
    case 'update_settings':
      // The original crashes on explicit strategies that are not variable; ours do what they say.
      return isError(theirs) ? isError(ours) || theirs.error === 'AttributeError' : isDeepStrictEqual(ours, theirs)
    case 'executor_data':
      return typeof ours === 'string' && typeof theirs === 'string' && isDeepStrictEqual(spelled(ours), spelled(theirs))
    case 'thrift':
      return isDeepStrictEqual(withSortedSets(ours), withSortedSets(theirs))
    default:
      return isDeepStrictEqual(ours, theirs)
  }
}

/** JSON with its numbers as they are written: an executor tells 15 from 15.0. */
function spelled(text: string): unknown {
  const reviver = (_: string, value: unknown, context?: {source?: string}): unknown =>
    typeof value === 'number' ? {number: context?.source} : value
  return JSON.parse(text, reviver as Parameters<typeof JSON.parse>[1])
}

const SETS = new Set(['resources', 'constraints', 'metadata', 'values'])

function withSortedSets(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => withSortedSets(item))
    return SETS.has(name) ? items.map((item) => JSON.stringify(item)).toSorted() : items
  }
  return isObject(value)
    ? Object.fromEntries(
        Object.keys(value)
          .toSorted()
          .map((key) => [key, withSortedSets(value[key], key)]),
      )
    : value
}

function isError(value: unknown): value is {error: unknown} {
  return isObject(value) && 'error' in value
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
