import {type Raw, NONE, Opaque, rawRepr} from './raw.ts'
import {SchemaError} from './schema-error.ts'
import {hasTags} from './template.ts'
import {textOf} from './text.ts'
import {type Field, type ListType, type MapType, type Plain, type StructType, type Type, sameType} from './types.ts'
import {type Held, type ListValue, type MapValue, type Place, type StructValue, type Value, NO_SCOPES, isValue} from './values.ts'

/** Something written down as a value that has not got its type yet. */
export function hold(plain: Plain): Held {
  if (plain === null) return NONE
  if (typeof plain !== 'object') return plain
  if (Array.isArray(plain)) return {items: plain.map(hold)}
  return {entries: Object.entries(plain).map(([key, item]) => [key, hold(item)] as const)}
}

/**
 * A value of a type from what was given for it. Scalars keep what they are until they are used; containers must have the shape.
 * @throws SchemaError with Pystachio's messages: unknown field, no list, no mapping, not in the enumeration.
 */
export function construct(type: Type, held: Held): Value {
  if (isValue(held)) {
    if (type.kind === 'choice') return sameType(held.type, type) ? held : {type, held, scopes: NO_SCOPES}
    if (sameType(held.type, type)) return held
    if (type.kind !== 'struct' && type.kind !== 'list' && type.kind !== 'map' && type.kind !== 'enum') {
      return {type, raw: new Opaque(textOf(held)), scopes: NO_SCOPES}
    }
    throw mismatch(type, held.type.name)
  }
  switch (type.kind) {
    case 'choice':
      return {type, held, scopes: NO_SCOPES}
    case 'struct':
      return constructStruct(type, held)
    case 'list':
      return constructList(type, held)
    case 'map':
      return constructMap(type, held)
    case 'enum':
      if (typeof held === 'string' && (type.values.includes(held) || hasTags(held))) return {type, raw: held, scopes: NO_SCOPES}
      throw new SchemaError('ValueError', `${type.name} only accepts the following values: ${type.values.join(', ')}`)
    default:
      return {type, raw: rawOf(held), scopes: NO_SCOPES}
  }
}

function constructStruct(type: StructType, held: Held): StructValue {
  if (isValue(held) || typeof held !== 'object' || !('entries' in held)) throw mismatch(type, heldRepr(held))
  const given = new Map<string, Value>()
  for (const [key, item] of held.entries) {
    const field = typeof key === 'string' ? type.fields.get(key) : undefined
    if (!field) throw new SchemaError('AttributeError', `Unknown schema attribute ${heldRepr(key).replace(/^'(.*)'$/, '$1')}`)
    given.set(field.name, construct(field.type, item))
  }
  return withDefaults(type, (name) => given.get(name), NO_SCOPES)
}

const EMPTY = Symbol('a field that was unset on purpose')
export type Given = Value | typeof EMPTY | undefined
export {EMPTY}

/** A struct of the fields that were given and the defaults of those that were not, in the order of its type. */
export function withDefaults(type: StructType, given: (name: string) => Given, scopes: StructValue['scopes'], place?: Place): StructValue {
  const fields = new Map<string, Value>()
  for (const field of type.fields.values()) {
    const value = given(field.name) ?? defaultOf(field)
    if (value !== undefined && value !== EMPTY) fields.set(field.name, value)
  }
  return place === undefined ? {type, fields, scopes} : {type, fields, scopes, place}
}

const defaults = new WeakMap<object, Value>()

/** Values never change, so that all structs share the default of a field. */
function defaultOf(field: Field): Value | undefined {
  if (field.defaultValue || field.default === undefined) return field.defaultValue
  const made = defaults.get(field) ?? construct(field.type, hold(field.default))
  defaults.set(field, made)
  return made
}

/** Whether a field's value is what it has when nothing is said. */
export function isDefault(field: {type: Type; default?: Plain}, value: Value): boolean {
  return defaults.get(field) === value
}

function constructList(type: ListType, held: Held): ListValue {
  if (isValue(held) || typeof held !== 'object' || !('items' in held)) {
    throw new SchemaError('ValueError', `ListContainer expects an iterable, got ${heldRepr(held)}`)
  }
  return {type, items: held.items.map((item) => construct(type.element, item)), scopes: NO_SCOPES}
}

function constructMap(type: MapType, held: Held): MapValue {
  if (isValue(held) || typeof held !== 'object' || !('entries' in held)) {
    throw new SchemaError('ValueError', `MapContainer expects dictionary or tuples, got ${heldRepr(held)}`)
  }
  const entries = held.entries.map(([key, item]) => [construct(type.key, key), construct(type.value, item)] as const)
  return {type, entries, scopes: NO_SCOPES}
}

function mismatch(type: Type, got: string): SchemaError {
  if (type.kind === 'struct') return new SchemaError('IsNotMappingError', `${type.name} needs named fields, got ${got}`)
  if (type.kind === 'list') return new SchemaError('ValueError', `ListContainer expects an iterable, got ${got}`)
  return new SchemaError('CoercionError', `Cannot coerce '${got}' to ${type.name}`)
}

function rawOf(held: Exclude<Held, Value>): Raw {
  return typeof held === 'object' && ('items' in held || 'entries' in held) ? new Opaque(heldRepr(held)) : held
}

/** What was given, as Python shows it. */
export function heldRepr(held: Held): string {
  if (isValue(held)) return held.type.name
  if (typeof held === 'object' && 'items' in held) return `[${held.items.map(heldRepr).join(', ')}]`
  if (typeof held === 'object' && 'entries' in held)
    return `{${held.entries.map(([key, item]) => `${heldRepr(key)}: ${heldRepr(item)}`).join(', ')}}`
  return rawRepr(held)
}
