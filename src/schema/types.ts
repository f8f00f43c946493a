import type {Value} from './values.ts'

/** The types of the configuration language (reference/config-dsl.md §2). */
export type Type = ScalarType | EnumType | ListType | MapType | ChoiceType | StructType

export interface ScalarType<K extends 'string' | 'integer' | 'float' | 'boolean' = 'string' | 'integer' | 'float' | 'boolean'> {
  readonly kind: K
  readonly name: string
}
export interface EnumType<V extends string = string> {
  readonly kind: 'enum'
  readonly name: string
  readonly values: readonly V[]
}
export interface ListType<E = Type> {
  readonly kind: 'list'
  readonly name: string
  readonly element: E
}
export interface MapType<K = Type, V = Type> {
  readonly kind: 'map'
  readonly name: string
  readonly key: K
  readonly value: V
}
export interface ChoiceType<A = Type> {
  readonly kind: 'choice'
  readonly name: string
  readonly alternatives: readonly A[]
}
export interface StructType<S = unknown> {
  readonly kind: 'struct'
  readonly name: string
  readonly fields: ReadonlyMap<string, Field>
  /** What was declared; for the compiler alone. */
  readonly specs?: S
}

export interface Field {
  readonly name: string
  readonly type: Type
  readonly required: boolean
  /** As it would be written down; made into a value when a struct is made. */
  readonly default?: Plain
  /** The default of a field that a program declared. */
  readonly defaultValue?: Value
}

/** A value written down: what JSON can say. */
export type Plain = string | number | boolean | null | readonly Plain[] | {readonly [name: string]: Plain}

/** The plain TypeScript type of a type's values, when they are complete. */
export type ValueOf<T> =
  T extends ScalarType<infer K>
    ? {string: string; integer: number; float: number; boolean: boolean}[K]
    : T extends EnumType<infer V>
      ? V
      : T extends ListType<infer E>
        ? readonly ValueOf<E>[]
        : T extends MapType<infer _, infer V>
          ? Readonly<Record<string, ValueOf<V>>>
          : T extends ChoiceType<infer A>
            ? ValueOf<A>
            : T extends StructType<infer S>
              ? StructOf<S>
              : never

type StructOf<S> = {readonly [F in keyof S as S[F] extends Present ? F : never]: ValueOf<TypeIn<S[F]>>} & {
  readonly [F in keyof S as S[F] extends Present ? never : F]?: ValueOf<TypeIn<S[F]>>
}
/** Fields that every complete struct has: they must be given, or they have a default. */
type Present = {readonly required: true} | {readonly default: Plain}
type TypeIn<S> = S extends {readonly type: infer T} ? T : S

export const String_: ScalarType<'string'> = {kind: 'string', name: 'String'}
export const Integer: ScalarType<'integer'> = {kind: 'integer', name: 'Integer'}
export const Float: ScalarType<'float'> = {kind: 'float', name: 'Float'}
export const Boolean_: ScalarType<'boolean'> = {kind: 'boolean', name: 'Boolean'}

export function list<E extends Type>(element: E): ListType<E> {
  return {kind: 'list', name: `${element.name}List`, element}
}

export function map<K extends Type, V extends Type>(key: K, value: V): MapType<K, V> {
  return {kind: 'map', name: `${key.name}${value.name}Map`, key, value}
}

/** Without a name, one is made of the values, as Pystachio does. */
export function enumeration<const V extends string>(values: readonly V[], name = `Enum_${values.join('_')}`): EnumType<V> {
  return {kind: 'enum', name, values}
}

export function choice<A extends Type>(
  alternatives: readonly A[],
  name = `Choice_${alternatives.map((type) => type.name).join('_')}`,
): ChoiceType<A> {
  return {kind: 'choice', name, alternatives}
}

export type FieldSpec = Type | ({readonly type: Type; readonly required?: boolean} & Pick<Field, 'default' | 'defaultValue'>)

export function required<T extends Type>(type: T): {readonly type: T; readonly required: true} {
  return {type, required: true}
}

export function defaultsTo<T extends Type>(type: T, value: Plain): {readonly type: T; readonly default: Plain} {
  return {type, default: value}
}

export function struct<S extends Record<string, FieldSpec>>(name: string, specs: S): StructType<S> {
  const fields = new Map<string, Field>()
  for (const [field, spec] of Object.entries<FieldSpec>(specs)) {
    const full = 'kind' in spec ? {type: spec} : spec
    fields.set(field, {name: field, required: false, ...full})
  }
  return {kind: 'struct', name, fields}
}

/** What was found equal is not compared again: types that are made of one another many times over would take for ever. */
const equal = new WeakMap<Type, WeakSet<Type>>()

/** Types are equal by what they say, not by where they were made (a file may declare `List(String)` twice). */
export function sameType(a: Type, b: Type): boolean {
  if (a === b || equal.get(a)?.has(b)) return true
  if (a.kind !== b.kind || a.name !== b.name || !saysTheSame(a, b)) return false
  equal.set(a, (equal.get(a) ?? new WeakSet()).add(b))
  return true
}

function saysTheSame(a: Type, b: Type): boolean {
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
