import {coerce} from './coerce.ts'
import {construct, heldRepr} from './construct.ts'
import {lookup} from './lookup.ts'
import {keyText} from './plain.ts'
import type {Path} from './problem.ts'
import {rawRepr} from './raw.ts'
import {SchemaError, type SchemaErrorKind} from './schema-error.ts'
import {hasTags, resolveTemplate} from './template.ts'
import {textOf} from './text.ts'
import {sameType} from './types.ts'
import {
  type ChoiceValue,
  type Frame,
  type Held,
  type MapValue,
  type Scalar,
  type StructValue,
  type Value,
  NO_SCOPES,
  frameInside,
  isValue,
} from './values.ts'

export interface Interpolated<V extends Value = Value> {
  /** The value with everything replaced that is bound, typed, and free of scopes. */
  readonly value: V
  /** The addresses that nothing is bound to. */
  readonly unbound: ReadonlySet<string>
}

/** Texts of one value, together: what references make of a small file must not fill the memory. */
const MAX_TEXT = 64 * 1024 * 1024
/** What each part of a value and each reference costs besides: what is shared many times over is walked through each time. */
const PART = 16

/** How much text may still be made. */
export interface Room {
  left: number
}

export function newRoom(): Room {
  return {left: MAX_TEXT}
}

interface Pass {
  readonly unbound: Set<string>
  readonly room: Room
}

/**
 * Replaces the references of a value and gives each scalar its type (reference/config-dsl.md §3.2).
 * @throws SchemaError where a scalar cannot have its type, or references never end.
 */
export function interpolate<V extends Value>(value: V, frame: Frame | undefined, room = newRoom()): Interpolated<V> {
  const pass: Pass = {unbound: new Set(), room}
  return {value: visit(value, frame, pass) as V, unbound: pass.unbound}
}

function spend(room: Room, amount: number): void {
  room.left -= amount
  if (room.left < 0) throw new SchemaError('Uninterpolatable', 'Unable to interpolate: the texts grow beyond all bounds.')
}

function visit(value: Value, outer: Frame | undefined, pass: Pass): Value {
  spend(pass.room, PART)
  if ('raw' in value) return visitScalar(value, outer, pass)
  const frame = frameInside(value, outer)
  if ('items' in value) return {...value, items: value.items.map((item) => visit(item, frame, pass)), scopes: NO_SCOPES}
  if ('entries' in value) {
    const entries = value.entries.map(([key, item]) => [visit(key, frame, pass), visit(item, frame, pass)] as const)
    return {...value, entries, scopes: NO_SCOPES}
  }
  if ('held' in value) return {...value, held: visit(resolveChoice(value, frame, pass.room), frame, pass), scopes: NO_SCOPES}
  return visitStruct(value, frame, pass)
}

function visitStruct(value: StructValue, frame: Frame | undefined, pass: Pass): StructValue {
  const fields = new Map<string, Value>()
  for (const [name, field] of value.fields) fields.set(name, visit(field, frame, pass))
  return {type: value.type, fields, scopes: NO_SCOPES}
}

function visitScalar(value: Scalar, outer: Frame | undefined, pass: Pass): Scalar {
  const {raw, type} = value
  if (typeof raw !== 'string' || !hasTags(raw)) {
    const typed = coerce(type, raw)
    return typed === raw && value.scopes === NO_SCOPES ? value : {type, raw: typed, scopes: NO_SCOPES}
  }
  const frame = frameInside(value, outer)
  const resolved = resolveTemplate(raw, (reference) => {
    spend(pass.room, PART)
    const found = lookup(reference, frame)
    if (!found) return undefined
    return typeof found.found === 'string' ? found.found : textOf(interpolate(found.found, found.frame, pass.room).value)
  })
  spend(pass.room, resolved.text.length)
  for (const address of resolved.unbound) pass.unbound.add(address)
  return {type, raw: resolved.unbound.length > 0 ? resolved.text : coerce(type, resolved.text), scopes: NO_SCOPES}
}

/**
 * The alternative that a choice is: the first that its value already has as type, or that it can be made into (reference/config-dsl.md §2.2); whether
 * that is complete is not asked. @throws SchemaError if it is none of them.
 */
export function resolveChoice({type, held}: ChoiceValue, frame: Frame | undefined, room = newRoom()): Value {
  for (const alternative of type.alternatives) {
    if (isValue(held) && sameType(held.type, alternative)) return held
    const made = attempt(held, () => {
      const value = construct(alternative, held)
      interpolate(value, frame, room)
      return value
    })
    if (made) return made
  }
  throw new SchemaError('CoercionError', `Cannot coerce '${heldRepr(held)}' to ${type.name}`)
}

/** What a program wrote as a dict is refused for a name that the alternative does not have; data may mean the next one. */
function attempt<Result>(held: Held, make: () => Result): Result | undefined {
  try {
    return make()
  } catch (error) {
    if (!(error instanceof SchemaError) || !TRY_NEXT.has(error.kind)) throw error
    if (error.kind === 'AttributeError' && typeof held === 'object' && 'exact' in held) throw error
    return undefined
  }
}

const TRY_NEXT: ReadonlySet<SchemaErrorKind> = new Set(['CoercionError', 'ValueError', 'IsNotMappingError', 'AttributeError'])

/** A part of a value that does not have its type, or is missing. */
export interface Failure {
  readonly message: string
  readonly path: Path
  /** What Pystachio raises instead of answering: it cannot show the value of a map that it refuses. */
  readonly raised?: SchemaError
}
export type Check = {readonly ok: true} | ({readonly ok: false} & Failure)

/** Does the value have its type, with all that is required? The messages are Pystachio's (reference/config-dsl.md §2). */
export function check(value: Value, outer: Frame | undefined): Check {
  for (const failure of failures(value, outer)) return {ok: false, ...failure}
  return {ok: true}
}

/** Everything that is wrong with the types of a value. */
export function* failures(value: Value, outer: Frame | undefined): Generator<Failure> {
  if ('raw' in value) {
    yield* failuresOfScalar(value, outer)
    return
  }
  const frame = frameInside(value, outer)
  if ('items' in value) {
    for (const [i, item] of value.items.entries()) {
      yield* within(failures(item, frame), i, (message) => `Element in ${value.type.name} failed check: ${message}`)
    }
  } else if ('entries' in value) {
    yield* failuresOfMap(value, frame)
  } else if ('held' in value) {
    yield* failuresOfChoice(value, frame)
  } else {
    yield* failuresOfStruct(value, frame)
  }
}

function* failuresOfStruct(value: StructValue, frame: Frame | undefined): Generator<Failure> {
  for (const {name, required} of value.type.fields.values()) {
    const field = value.fields.get(name)
    if (field) yield* within(failures(field, frame), name, (message) => `${value.type.name}[${name}] failed: ${message}`)
    else if (required) yield {message: `${value.type.name}[${name}] is required.`, path: [name]}
  }
}

function* failuresOfMap(value: MapValue, frame: Frame | undefined): Generator<Failure> {
  const {name} = value.type
  for (const [key, item] of value.entries) {
    const step = keyText(key)
    yield* within(failures(key, frame), step, (message) => `${name} key ${shown(key)} failed check: ${message}`)
    yield* within(failures(item, frame), step, (message) => `${name}[${shown(key)}] value ${shown(item)} failed check: ${message}`)
  }
}

/** @throws SchemaError for what has not its type by itself, as Pystachio does: the entry of a map that is refused is not answered but raised. */
function shown(value: Value): string {
  return textOf(interpolate(value, undefined).value)
}

/** A value of an alternative has no other to fall back to: what is wrong with it is raised, not answered. */
function* failuresOfChoice({type, held}: ChoiceValue, frame: Frame | undefined): Generator<Failure> {
  for (const alternative of type.alternatives) {
    if (isValue(held) && sameType(held.type, alternative)) {
      for (const {message} of failures(held, frame)) throw new SchemaError('ValueError', message)
      return
    }
    if (attempt(held, () => check(construct(alternative, held), frame).ok)) return
  }
  yield {
    message: `${type.name} typecheck failed: value ${typeof held === 'string' ? held : heldRepr(held)} did not match any of its alternatives`,
    path: [],
  }
}

function* within(inner: Iterable<Failure>, step: string | number, message: (inner: string) => string): Generator<Failure> {
  for (const failure of inner) yield {message: message(failure.message), path: [step, ...failure.path]}
}

/** What a text is not that has not the type. */
export const WANTED = {string: 'a string', integer: 'an integer', float: 'a float', boolean: 'a boolean'}

function failuresOfScalar(value: Scalar, frame: Frame | undefined): Failure[] {
  return orItsError(() => {
    const {raw} = interpolate(value, frame).value
    const {type} = value
    if (type.kind === 'string' || typeof raw !== 'string' || (type.kind === 'enum' && !hasTags(raw))) return []
    const wanted = type.kind === 'enum' ? `in the enumeration (${type.values.join(', ')})` : WANTED[type.kind]
    return [{message: `${rawRepr(raw)} not ${wanted}`, path: []}]
  })
}

/** What cannot be interpolated has not its type; a malformed reference is an error of its own. */
function orItsError(run: () => Failure[]): Failure[] {
  try {
    return run()
  } catch (error) {
    if (!(error instanceof SchemaError) || (error.kind !== 'CoercionError' && error.kind !== 'Uninterpolatable')) throw error
    return [{message: `Unable to interpolate: ${error.message}`, path: []}]
  }
}
