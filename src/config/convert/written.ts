import {coerce} from '../../schema/coerce.ts'
import {isDefault} from '../../schema/construct.ts'
import {interpolate} from '../../schema/evaluate.ts'
import {keyText} from '../../schema/plain.ts'
import {type Path, formatPath} from '../../schema/problem.ts'
import {Opaque, PyFloat, type Raw, rawText} from '../../schema/raw.ts'
import {SchemaError} from '../../schema/schema-error.ts'
import {hasTags} from '../../schema/template.ts'
import type {ChoiceType, Field, StructType} from '../../schema/types.ts'
import {type Held, type Scalar, type Scope, type StructValue, type Value, isValue} from '../../schema/values.ts'

/** A part of a configuration as it is to be written, in whatever syntax. */
export type Written = string | number | bigint | boolean | null | readonly Written[] | WrittenMap | WrittenStruct
interface WrittenMap {
  readonly pairs: readonly WrittenField[]
}
export interface WrittenStruct {
  readonly struct: StructType
  readonly fields: readonly WrittenField[]
  /** Fields that are as they would be without a word, and tell which of several structs it is where a syntax has no names for them. */
  readonly telling: readonly WrittenField[]
  /** What names stand for, by their addresses. */
  readonly bound: readonly (readonly [string, string])[]
}
type WrittenField = readonly [string, Written]

export function isList(written: Written): written is readonly Written[] {
  return Array.isArray(written)
}

/** Something in a configuration that no file can say. */
export class Unwritable extends Error {}

/** A struct with what was set of it: references as they were written, nothing that is there by default. @throws Unwritable */
export function writtenStruct(value: StructValue, path: Path = [], choice?: ChoiceType): WrittenStruct {
  const {type} = value
  const fields: WrittenField[] = []
  for (const field of type.fields.values()) {
    const part = value.fields.get(field.name)
    if (part && !isDefault(field, part)) fields.push([field.name, written(part, [...path, field.name])])
    else if (!part && field.default !== undefined) fields.push([field.name, null])
  }
  fields.sort(([one], [other]) => rank(one) - rank(other))
  const telling = choice && isAmbiguous(choice, type, fields) ? defaults(value, path, fields) : []
  return {struct: type, fields, telling, bound: boundNames(value.scopes)}
}

/** What tells one struct from another is said first. */
const FIRST = ['cluster', 'role', 'environment', 'name']

function rank(field: string): number {
  const at = FIRST.indexOf(field)
  return at === -1 ? FIRST.length : at
}

function written(value: Value, path: Path): Written {
  if ('raw' in value) return writtenScalar(value, path)
  if ('items' in value) return value.items.map((item, i) => written(item, [...path, i]))
  if ('entries' in value) {
    return {pairs: value.entries.map(([key, item]) => [keyText(key), written(item, [...path, keyText(key)])])}
  }
  if ('held' in value) return writtenHeld(value.held, path, value.type)
  return writtenStruct(value, path)
}

function writtenHeld(held: Held, path: Path, choice?: ChoiceType): Written {
  if (isValue(held)) return held.type.kind === 'struct' ? writtenStruct(held as StructValue, path, choice) : written(held, path)
  if (typeof held === 'object' && 'items' in held) return held.items.map((item, i) => writtenHeld(item, [...path, i]))
  if (typeof held === 'object' && 'entries' in held) {
    return {pairs: held.entries.map(([key, item]) => [heldText(key), writtenHeld(item, [...path, heldText(key)])])}
  }
  return writtenRaw(held, path)
}

/** A scalar as its type has it, so that no syntax takes it for another; a text with references as it is. */
function writtenScalar({type, raw}: Scalar, path: Path): Written {
  if (typeof raw === 'string' && (type.kind === 'string' || hasTags(raw))) return raw
  try {
    return writtenRaw(coerce(type, raw), path)
  } catch (error) {
    if (error instanceof SchemaError) return writtenRaw(raw, path)
    throw error
  }
}

function writtenRaw(raw: Raw, path: Path): Written {
  if (raw instanceof Opaque) throw new Unwritable(`${formatPath(path)} holds ${raw.repr}, which no field takes`)
  if (raw instanceof PyFloat) return Number.isFinite(raw.value) ? raw.value : rawText(raw)
  return raw
}

function heldText(held: Held): string {
  if (isValue(held)) return keyText(held)
  return typeof held === 'object' && ('items' in held || 'entries' in held) ? '' : rawText(held)
}

/** Whether a struct with these fields alone could be an alternative that comes before it. */
function isAmbiguous(choice: ChoiceType, type: StructType, fields: readonly WrittenField[]): boolean {
  const names = fields.map(([name]) => name)
  const before = choice.alternatives.slice(
    0,
    choice.alternatives.findIndex(({name}) => name === type.name),
  )
  return before.some((other) => {
    if (other.kind !== 'struct') return false
    const required = Array.from(other.fields.values()).filter((field) => field.required)
    return names.every((name) => other.fields.has(name)) && required.every(({name}) => names.includes(name))
  })
}

function defaults(value: StructValue, path: Path, fields: readonly WrittenField[]): WrittenField[] {
  return Array.from(value.type.fields.values()).flatMap(({name}: Field) => {
    const part = value.fields.get(name)
    return part && !fields.some(([known]) => known === name) ? [[name, written(part, [...path, name])] as const] : []
  })
}

/** Names with their texts; where one is bound several times, what wins. Structs are told by their fields. */
function boundNames(scopes: readonly Scope[]): (readonly [string, string])[] {
  const names = new Map<string, string>()
  for (const scope of scopes) {
    const entries = scope.kind === 'names' ? scope.table : [['', scope.value] as const]
    for (const [address, value] of entries) {
      for (const [inner, text] of typeof value === 'string' ? [['', value] as const] : texts('', interpolatedOf(value)))
        if (!names.has(address + inner)) names.set(address + inner, text)
    }
  }
  return Array.from(names, ([address, text]) => [address.replace(/^\./, ''), text] as const)
}

function interpolatedOf(value: Value): Value {
  try {
    return interpolate(value, undefined).value
  } catch (error) {
    // What grows without end is walked through by nobody.
    if (error instanceof SchemaError && error.kind !== 'Uninterpolatable') return value
    throw error
  }
}

function* texts(address: string, value: Value): Generator<readonly [string, string]> {
  if ('raw' in value) yield [address, rawText(value.raw)]
  else if ('items' in value) for (const [i, item] of value.items.entries()) yield* texts(`${address}[${i}]`, item)
  else if ('entries' in value) for (const [key, item] of value.entries) yield* texts(`${address}[${keyText(key)}]`, item)
  else if ('fields' in value) for (const [name, field] of value.fields) yield* texts(`${address}.${name}`, field)
  else if (isValue(value.held)) yield* texts(address, value.held)
}
