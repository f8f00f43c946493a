import {find} from './find.ts'
import {type Reference, addressOf, tail} from './reference.ts'
import type {Frame, Found, Scope, StructValue, Value} from './values.ts'
import {frameInside} from './values.ts'

/**
 * What a reference means at a place: the scopes are asked from the inside out, and the first that knows it wins (reference/config-dsl.md §3.3).
 * A struct offers its fields under `self.`, then by name, then what was bound to it; all that is around it also under `super.`.
 */
export function lookup(reference: Reference, frame: Frame | undefined): Found | undefined {
  if (reference.actions[0]?.name === 'super') return lookupSuper(reference, frame)
  for (let at = frame; at; at = at.outer) {
    const found = (at.struct && lookupInStruct(reference, at.struct)) ?? firstOf(at.scopes, reference)
    if (found) return found
  }
  return undefined
}

function firstOf(scopes: readonly Scope[], reference: Reference): Found | undefined {
  for (const scope of scopes) {
    const found = lookupInScope(reference, scope)
    if (found) return found
  }
  return undefined
}

function lookupInScope(reference: Reference, scope: Scope): Found | undefined {
  if (scope.kind === 'names') return lookupInNames(reference, scope.table)
  if (scope.kind === 'inside') return lookup(reference, frameInside(scope.value, undefined))
  const result = find(scope.value, reference, undefined)
  return 'found' in result ? result : undefined
}

function lookupInStruct(reference: Reference, struct: StructValue): Found | undefined {
  const [first, second] = reference.actions
  if (!first || first.index) return undefined
  const ofSelf = first.name === 'self' && second && !second.index ? lookupField(reference, 1, struct) : undefined
  return ofSelf ?? lookupField(reference, 0, struct)
}

/** A field named directly is read where it is asked for; what lies inside it is read there. */
function lookupField(reference: Reference, from: number, struct: StructValue): Found | undefined {
  const field = struct.fields.get(reference.actions[from]?.name ?? '')
  if (!field) return undefined
  if (reference.actions.length === from + 1) return {found: field, frame: undefined}
  const result = find(field, tail(reference, from + 1), undefined)
  return 'found' in result ? result : undefined
}

/** A name that was bound whole wins over one reached through a bound object, the longest first. */
function lookupInNames(reference: Reference, table: ReadonlyMap<string, string | Value>): Found | undefined {
  const exact = table.get(reference.address)
  if (exact !== undefined) return {found: exact, frame: undefined}
  for (let length = reference.actions.length - 1; length > 0; length--) {
    const value = table.get(addressOf(reference.actions.slice(0, length)))
    if (value === undefined || typeof value === 'string') continue
    const result = find(value, tail(reference, length), undefined)
    if ('found' in result) return result
  }
  return undefined
}

type Lookup = (reference: Reference) => Found | undefined

function lookupSuper(reference: Reference, frame: Frame | undefined): Found | undefined {
  for (const ask of scopesOf(frame)) {
    const found = ask(reference)
    if (found) return found
  }
  return undefined
}

/** Every scope of a frame in its order; around a struct, each one is followed by itself as `super`. */
function* scopesOf(frame: Frame | undefined): Generator<Lookup> {
  if (!frame) return
  const {struct} = frame
  if (!struct) {
    yield* around(frame)
    return
  }
  yield (reference) => (isName(reference, 'self') ? lookupField(reference, 1, struct) : undefined)
  yield (reference) => (reference.actions[0]?.index ? undefined : lookupField(reference, 0, struct))
  for (const ask of around(frame)) {
    yield ask
    yield (reference) => (isName(reference, 'super') ? ask(tail(reference, 1)) : undefined)
  }
}

function* around(frame: Frame): Generator<Lookup> {
  for (const scope of frame.scopes) {
    if (scope.kind === 'inside') yield* scopesOf(frameInside(scope.value, undefined))
    else yield (reference) => lookupInScope(reference, scope)
  }
  yield* scopesOf(frame.outer)
}

function isName(reference: Reference, name: string): boolean {
  const [first, second] = reference.actions
  return first?.name === name && !first.index && second !== undefined
}
