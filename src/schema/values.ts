import type {Raw} from './raw.ts'
import type {Reference} from './reference.ts'
import type {ChoiceType, EnumType, ListType, MapType, ScalarType, StructType} from './types.ts'

/**
 * What configurations are made of: immutable typed values, each with the scopes that were bound to it, the one that wins first.
 * Values share their parts; binding and overriding make new ones.
 */
export type Value = Scalar | ListValue | MapValue | ChoiceValue | StructValue

export interface Scalar {
  readonly type: ScalarType | EnumType
  readonly raw: Raw
  readonly scopes: readonly Scope[]
}
export interface ListValue {
  readonly type: ListType
  readonly items: readonly Value[]
  readonly scopes: readonly Scope[]
}
export interface MapValue {
  readonly type: MapType
  readonly entries: readonly (readonly [Value, Value])[]
  readonly scopes: readonly Scope[]
}
/** Holds anything; which alternative it is shows when it is used. */
export interface ChoiceValue {
  readonly type: ChoiceType
  readonly held: Held
  readonly scopes: readonly Scope[]
}
export interface StructValue {
  readonly type: StructType
  /** Only the fields that are set. */
  readonly fields: ReadonlyMap<string, Value>
  readonly scopes: readonly Scope[]
  /** Where it was written, if that is known. */
  readonly place?: Place
}

/** A line of a file, by the name that messages show. */
export interface Place {
  readonly file: string
  /** From 1. */
  readonly line: number
}

/** A value that has not got its type yet. */
export type Held = Value | Raw | {readonly items: readonly Held[]} | HeldEntries

interface HeldEntries {
  readonly entries: readonly (readonly [Held, Held])[]
  /** A program wrote it, and meant the first alternative of a choice. */
  readonly exact?: true
}

/** Where references are looked up: names bound, a value whose parts are reached by name, or all that such a value itself sees. */
export type Scope =
  | {readonly kind: 'names'; readonly table: ReadonlyMap<string, string | Value>}
  | {readonly kind: 'value'; readonly value: Value}
  | {readonly kind: 'inside'; readonly value: Value}

/** The scopes around a value: those of each container that it is in, innermost first. */
export interface Frame {
  /** The struct whose fields are in scope. */
  readonly struct: StructValue | undefined
  readonly scopes: readonly Scope[]
  readonly outer: Frame | undefined
}

/** What a reference leads to, with the scopes in which it is to be read. */
export interface Found {
  readonly found: string | Value
  readonly frame: Frame | undefined
}

export const NO_SCOPES: readonly Scope[] = []

export function isValue(held: Held): held is Value {
  return typeof held === 'object' && 'type' in held
}

/** The scopes inside a value: its own, then those around it; a struct's fields come first. */
export function frameInside(value: Value, outer: Frame | undefined): Frame | undefined {
  if (value.type.kind === 'struct') return {struct: value as StructValue, scopes: value.scopes, outer}
  return value.scopes.length === 0 ? outer : {struct: undefined, scopes: value.scopes, outer}
}

/** The same value with one more scope that wins over those that it has. */
export function bind<V extends Value>(value: V, scope: Scope): V {
  return {...value, scopes: [scope, ...value.scopes]}
}

/** Names as a scope; a later entry of the same name wins. */
export function names(entries: Iterable<readonly [Reference, string | Value]>): Scope {
  const table = new Map<string, string | Value>()
  for (const [reference, value] of entries) table.set(reference.address, value)
  return {kind: 'names', table}
}
