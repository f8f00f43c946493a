import type {Json} from '../model/json.ts'
import {type Raw, Opaque, PyFloat, rawText} from './raw.ts'
import {sameType} from './types.ts'
import {type Value, isValue} from './values.ts'

/** An interpolated value for a program that knows its type: bare scalars (marked as in records), objects of fields, lists, pairs. */
export function answerOf(value: Value): Json {
  if ('raw' in value) return scalar(value.raw)
  if ('items' in value) return value.items.map(answerOf)
  if ('entries' in value) return value.entries.map(([key, item]) => [answerOf(key), answerOf(item)])
  if ('held' in value) {
    const {held} = value
    if (!isValue(held)) throw new Error('a choice was not resolved')
    return [value.type.alternatives.findIndex((type) => sameType(type, held.type)), answerOf(held)]
  }
  return Object.fromEntries(Array.from(value.fields, ([name, field]) => [name, answerOf(field)]))
}

function scalar(raw: Raw): Json {
  if (raw instanceof PyFloat) return {f: rawText(raw)}
  if (typeof raw === 'bigint') return {i: String(raw)}
  return raw instanceof Opaque ? {o: raw.repr} : raw
}

/** Order of two interpolated values of one type: below 0, 0 or above, as Python orders scalars; containers are equal (0) or not. */
export function compare(a: Value, b: Value): number {
  // Whether structs have the same fields is known to who asks; their names do not matter.
  if (!('fields' in a && 'fields' in b) && !sameType(a.type, b.type)) return -1
  if ('raw' in a && 'raw' in b) return compareScalars(a.raw, b.raw)
  return canonical(a) === canonical(b) ? 0 : -1
}

/** A text that equal values share: the entries of maps without their order. */
function canonical(value: Value): string {
  if ('items' in value) return `[${value.items.map(canonical).join()}]`
  if ('entries' in value) {
    const entries = value.entries.map(([key, item]) => `${canonical(key)}:${canonical(item)}`)
    return `{${entries.toSorted().join()}}`
  }
  if ('fields' in value) return `{${Array.from(value.fields, ([name, field]) => `${name}:${canonical(field)}`).join()}}`
  if ('held' in value && isValue(value.held)) return `${value.held.type.name}${canonical(value.held)}`
  return JSON.stringify(answerOf(value))
}

/** A text, which is what a number is as long as a reference in it is open, is greater than any number, as it was in Python 2. */
function compareScalars(a: Raw, b: Raw): number {
  const [x, y] = [comparable(a), comparable(b)]
  if ((typeof x === 'string') !== (typeof y === 'string')) return typeof x === 'string' ? 1 : -1
  return x < y ? -1 : x > y ? 1 : 0
}

function comparable(raw: Raw): string | number | bigint {
  if (raw instanceof PyFloat) return raw.value
  if (raw instanceof Opaque) return raw.repr
  return typeof raw === 'boolean' ? Number(raw) : raw
}
