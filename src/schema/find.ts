import {coerce} from './coerce.ts'
import {construct} from './construct.ts'
import {PyFloat, type Raw} from './raw.ts'
import {type Action, type Reference, formatReference, tail} from './reference.ts'
import {SchemaError, type SchemaErrorKind} from './schema-error.ts'
import {hasTags} from './template.ts'
import type {EnumType, ScalarType, Type} from './types.ts'
import {type Found, type Frame, type ListValue, type MapValue, type Value, frameInside} from './values.ts'

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
  if (type.kind !== 'struct' && type.kind !== 'list' && type.kind !== 'map') {
    return {kind: 'Unnamable', message: `Object is not indexable: ${type.name}`}
  }
  if (action.index !== (type.kind !== 'struct') || (type.kind === 'list' && !/^-?\d+$/.test(action.name))) {
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

/** Negative indexes count from the end, as they do in Python. @throws SchemaError beyond the start; beyond the end is nothing. */
function itemOf(value: ListValue, name: string): Value | undefined {
  const index = Number(name)
  if (index < -value.items.length) throw new SchemaError('IndexError', `[${name}] lies before the start of a list of ${value.items.length}`)
  return value.items.at(index)
}

/** The first entry of that key. @throws SchemaError for a text that no key can be. */
function entryOf(value: MapValue, name: string): Value | undefined {
  const {key: type} = value.type
  if (!isScalar(type) || value.entries.length === 0) return undefined
  // An enumeration refuses other texts sooner than numbers do.
  if (type.kind === 'enum') construct(type, name)
  const wanted = coerce(type, name)
  return value.entries.find(([key]) => 'raw' in key && sameRaw(hasTags(String(key.raw)) ? key.raw : coerce(type, key.raw), wanted))?.[1]
}

function isScalar(type: Type): type is ScalarType | EnumType {
  return type.kind !== 'list' && type.kind !== 'map' && type.kind !== 'struct' && type.kind !== 'choice'
}

function sameRaw(a: Raw, b: Raw): boolean {
  return a === b || (a instanceof PyFloat && b instanceof PyFloat && a.value === b.value)
}
