import type {Range} from '@auroractl/cli/thrift'

/** Instances as closed ranges, ascending. */
export function toRanges(ids: Iterable<number>): Range[] {
  const found: {first: number; last: number}[] = []
  for (const id of [...ids].sort((a, b) => a - b)) {
    const open = found.at(-1)
    if (open && id === open.last + 1) open.last = id
    else found.push({first: id, last: id})
  }
  return found
}

export function isIn(ranges: readonly Range[], id: number): boolean {
  return ranges.some(({first, last}) => first <= id && id <= last)
}
