import {UserError} from './errors.ts'
import {ExitCode} from './exit-code.ts'

/**
 * Instance ids, ascending, without duplicates, and never empty: on the wire an empty set means "every instance"
 * (reference/surprises.md 2), so an empty selection must not be expressible.
 */
export type InstanceSet = readonly [number, ...number[]]

/** Thrift's i32. */
const MAX_ID = 2 ** 31 - 1
/** Far above any scheduler's limit of instances in a job; guards against `0-2000000000`. */
const MAX_SIZE = 100_000

function invalid(text: string, why: string): UserError {
  return new UserError(`invalid instances '${text}': ${why}`, {
    code: 'instances.malformed',
    exitCode: ExitCode.usage,
    remedy: 'Instances are numbers and ranges separated by commas, for example 0,2,5-9.',
  })
}

/** The ids as an instance set, or undefined when there are none. */
export function instanceSet(ids: Iterable<number>): InstanceSet | undefined {
  const [first, ...rest] = [...new Set(ids)].sort((a, b) => a - b)
  return first === undefined ? undefined : [first, ...rest]
}

/** Parses `0,2,5-9` (reference/commands.md §2.2). @throws UserError (exit 2), also for an empty text and a reversed range. */
export function parseInstances(text: string): InstanceSet {
  const ids = new Set<number>()
  for (const item of text.split(',')) {
    const match = /^(\d+)(?:-(\d+))?$/.exec(item)
    if (!match) throw invalid(text, item === '' ? 'an item is empty' : `'${item}' is neither a number nor a range`)
    const first = Number(match[1])
    const last = match[2] === undefined ? first : Number(match[2])
    if (last < first) throw invalid(text, `the range ${item} runs backwards`)
    if (last > MAX_ID) throw invalid(text, `${last} is too large`)
    if (last - first >= MAX_SIZE || ids.size > MAX_SIZE) throw invalid(text, `more than ${MAX_SIZE} instances`)
    for (let id = first; id <= last; id++) ids.add(id)
  }
  const set = instanceSet(ids)
  if (!set) throw invalid(text, 'it selects nothing')
  return set
}

/** The shortest text that parses to the same set: `0,2,5-9`. */
export function formatInstances(set: InstanceSet): string {
  return instanceRanges(set)
    .map(({first, last}) => (first === last ? `${first}` : `${first}-${last}`))
    .join(',')
}

/** Contiguous closed ranges, ascending. */
export function instanceRanges(set: InstanceSet): {first: number; last: number}[] {
  const ranges: {first: number; last: number}[] = []
  for (const id of set) {
    const open = ranges.at(-1)
    if (open && id === open.last + 1) open.last = id
    else ranges.push({first: id, last: id})
  }
  return ranges
}
