import type {Plain} from './types.ts'
import {PyFloat, Opaque, type Raw, rawText} from './raw.ts'
import {type Value, isValue} from './values.ts'

/** An interpolated value as plain data: what `get()` gives in Python, and what hooks and `--json` see. */
export function plainOf(value: Value): Plain {
  if ('raw' in value) return plainScalar(value.raw)
  if ('items' in value) return value.items.map(plainOf)
  if ('entries' in value) return Object.fromEntries(value.entries.map(([key, item]) => [keyText(key), plainOf(item)]))
  if ('held' in value) return isValue(value.held) ? plainOf(value.held) : null
  return Object.fromEntries(Array.from(value.fields, ([name, field]) => [name, plainOf(field)]))
}

function plainScalar(raw: Raw): Plain {
  if (raw instanceof PyFloat) return raw.value
  if (raw instanceof Opaque) return null
  return typeof raw === 'bigint' ? Number(raw) : raw
}

/** The key of a map, as JSON has it. */
export function keyText(key: Value): string {
  return 'raw' in key ? rawText(key.raw) : key.type.name
}
