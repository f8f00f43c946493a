import type {Place, StructValue, Value} from './values.ts'
import {isValue} from './values.ts'

/** Where the innermost struct on the way to a field was written, of those that say it. */
export function placeOf(value: StructValue, path: string): Place | undefined {
  let place = value.place
  let at: Value | undefined = value
  for (const [, index, name] of path.matchAll(/\[([^\]]*)\]|([^.[\]]+)/g)) {
    at = partOf(at, index ?? name ?? '')
    if (!at) break
    if ('fields' in at) place = at.place ?? place
  }
  return place
}

function partOf(value: Value, step: string): Value | undefined {
  const part = 'fields' in value ? value.fields.get(step) : 'items' in value ? value.items[Number(step)] : undefined
  return part && 'held' in part && isValue(part.held) ? part.held : part
}
