/** The types of the configuration language (reference/config-dsl.md §2). */
export type Type = ScalarType | EnumType | ListType | MapType | ChoiceType | StructType

export interface ScalarType {
  readonly kind: 'string' | 'integer' | 'float' | 'boolean'
  readonly name: string
}
export interface EnumType {
  readonly kind: 'enum'
  readonly name: string
  readonly values: readonly string[]
}
export interface ListType {
  readonly kind: 'list'
  readonly name: string
  readonly element: Type
}
export interface MapType {
  readonly kind: 'map'
  readonly name: string
  readonly key: Type
  readonly value: Type
}
export interface ChoiceType {
  readonly kind: 'choice'
  readonly name: string
  readonly alternatives: readonly Type[]
}
export interface StructType {
  readonly kind: 'struct'
  readonly name: string
  readonly fields: ReadonlyMap<string, Field>
}

export interface Field {
  readonly name: string
  readonly type: Type
  readonly required: boolean
  /** As it would be written down: text, number, list, object; built when a struct is made. */
  readonly default?: Plain
}

/** A value written down: what JSON can say. */
export type Plain = string | number | boolean | null | readonly Plain[] | {readonly [name: string]: Plain}

export const String_: ScalarType = {kind: 'string', name: 'String'}
export const Integer: ScalarType = {kind: 'integer', name: 'Integer'}
export const Float: ScalarType = {kind: 'float', name: 'Float'}
export const Boolean_: ScalarType = {kind: 'boolean', name: 'Boolean'}

export function list(element: Type): ListType {
  return {kind: 'list', name: `${element.name}List`, element}
}

export function map(key: Type, value: Type): MapType {
  return {kind: 'map', name: `${key.name}${value.name}Map`, key, value}
}

/** Without a name, one is made of the values, as Pystachio does. */
export function enumeration(values: readonly string[], name = `Enum_${values.join('_')}`): EnumType {
  return {kind: 'enum', name, values}
}

export function choice(alternatives: readonly Type[], name = `Choice_${alternatives.map((type) => type.name).join('_')}`): ChoiceType {
  return {kind: 'choice', name, alternatives}
}

export type FieldSpec = Type | {readonly type: Type; readonly required?: boolean; readonly default?: Plain}

export function required(type: Type): FieldSpec {
  return {type, required: true}
}

export function defaultsTo(type: Type, value: Plain): FieldSpec {
  return {type, default: value}
}

export function struct(name: string, specs: Record<string, FieldSpec>): StructType {
  const fields = new Map<string, Field>()
  for (const [field, spec] of Object.entries(specs)) {
    const full = 'kind' in spec ? {type: spec} : spec
    fields.set(field, {name: field, required: false, ...full})
  }
  return {kind: 'struct', name, fields}
}

/** Types are equal by what they say, not by where they were made (a file may declare `List(String)` twice). */
export function sameType(a: Type, b: Type): boolean {
  if (a === b) return true
  if (a.kind !== b.kind || a.name !== b.name) return false
  if (a.kind === 'enum' && b.kind === 'enum')
    return a.values.length === b.values.length && a.values.every((value, i) => value === b.values[i])
  if (a.kind === 'list' && b.kind === 'list') return sameType(a.element, b.element)
  if (a.kind === 'map' && b.kind === 'map') return sameType(a.key, b.key) && sameType(a.value, b.value)
  if (a.kind === 'choice' && b.kind === 'choice') return sameAll(a.alternatives, b.alternatives)
  if (a.kind === 'struct' && b.kind === 'struct') return sameFields(a, b)
  return true
}

function sameAll(a: readonly Type[], b: readonly Type[]): boolean {
  return a.length === b.length && a.every((type, i) => sameType(type, b[i] ?? type))
}

function sameFields(a: StructType, b: StructType): boolean {
  if (a.fields.size !== b.fields.size) return false
  for (const [name, field] of a.fields) {
    const other = b.fields.get(name)
    if (!other || other.required !== field.required || !sameType(field.type, other.type)) return false
  }
  return true
}
