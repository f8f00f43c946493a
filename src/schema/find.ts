import {coerce} from './coerce.ts'
import type {Raw} from './raw.ts'
import {type Action, type Reference, formatReference, tail} from './reference.ts'
import {SchemaError, type SchemaErrorKind} from './schema-error.ts'
import {type Found, type Frame, type ListValue, type MapValue, type Value, frameInside, isValue} from './values.ts'

/** Why nothing is there. */
export interface Missing {
  readonly kind: SchemaErrorKind
  readonly message: string
}

/** Follows a reference into a value: `.name` into a struct, `[index]` into a list or map (reference/config-dsl.md §3.4). */
export function find(value: Value, reference: Reference, frame: Frame | undefined): Found | Missing {
  const [action] = reference.actions
  if (!action) return {found: value, frame}
  const inside = frameInside(value, frame)
  const part = partOf(value, action, reference)
  if ('kind' in part) return part
  return find(part.value, tail(reference, 1), inside)
}

function partOf(value: Value, action: Action, reference: Reference): {value: Value} | Missing {
  const {type} = value
  if ('held' in value && isValue(value.held)) return partOf(value.held, action, reference)
  if (type.kind !== 'struct' && type.kind !== 'list' && type.kind !== 'map') {
    return {kind: 'Unnamable', message: `Object is not indexable: ${type.name}`}
  }
  if (action.index !== (type.kind !== 'struct')) {
    return {
      kind: 'NamingError',
      message: `Cannot dereference object ${type.name} by ${action.index ? `[${action.name}]` : `.${action.name}`}`,
    }
  }
  const part =
    'fields' in value
      ? value.fields.get(action.name)
      : 'items' in value
        ? itemOf(value, action.name)
        : entryOf(value as MapValue, action.name)
  return part ? {value: part} : {kind: 'NotFound', message: `Could not find ${formatReference(reference)} in object ${type.name}`}
}

/** Negative indexes count from the end, as they do in Python. */
function itemOf(value: ListValue, name: string): Value | undefined {
  return /^-?\d+$/.test(name) ? value.items.at(Number(name)) : undefined
}

function entryOf(value: MapValue, name: string): Value | undefined {
  const wanted = keyOf(value.type.key, name)
  return value.entries.findLast(([key]) => 'raw' in key && sameRaw(keyOf(value.type.key, key.raw), wanted))?.[1]
}

function keyOf(type: MapValue['type']['key'], raw: Raw): Raw {
  if (type.kind === 'list' || type.kind === 'map' || type.kind === 'struct' || type.kind === 'choice') return raw
  try {
    return coerce(type, raw)
  } catch (error) {
    if (error instanceof SchemaError) return raw
    throw error
  }
}

function sameRaw(a: Raw, b: Raw): boolean {
  return a === b || (typeof a === 'object' && typeof b === 'object' && 'value' in a && 'value' in b && a.value === b.value)
}
