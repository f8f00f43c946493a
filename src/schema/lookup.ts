import {find} from './find.ts'
import {type Reference, addressOf, tail} from './reference.ts'
import type {Frame, Found, Scope, StructValue, Value} from './values.ts'
import {frameInside} from './values.ts'

/**
 * What a reference means at a place: the scopes are asked from the inside out, and the first that knows it wins (reference/config-dsl.md §3.3).
 * A struct offers its fields under `self.`, then by name, then what was bound to it, then all that is around it, and then the same once more
 * under `super.`, what was bound to it first.
 */
export function lookup(reference: Reference, frame: Frame | undefined): Found | undefined {
  return isName(reference, 'super') ? lookupSuper(reference, frame, new Map()) : lookupOutwards(reference, frame)
}

function lookupOutwards(reference: Reference, frame: Frame | undefined): Found | undefined {
  for (let at = frame; at; at = at.outer) {
    const found = (at.struct && lookupInStruct(reference, at.struct)) ?? firstFound(at.scopes, (scope) => lookupInScope(reference, scope))
    if (found) return found
  }
  return undefined
}

/** `missed` knows what was not found where, because each struct on the way out doubles the ways to get further out. */
function lookupSuper(reference: Reference, frame: Frame | undefined, missed: Map<Frame, Set<string>>): Found | undefined {
  if (!frame) return undefined
  if (!isName(reference, 'super')) return lookupOutwards(reference, frame)
  const known = missed.get(frame) ?? new Set()
  if (known.has(reference.address)) return undefined
  const around = (name: Reference): Found | undefined =>
    firstFound(frame.scopes, (scope) =>
      scope.kind === 'inside' ? lookupSuper(name, frameInside(scope.value, undefined), missed) : lookupInScope(name, scope),
    ) ?? lookupSuper(name, frame.outer, missed)
  const found = frame.struct
    ? (lookupInStruct(reference, frame.struct) ?? around(reference) ?? around(tail(reference, 1)))
    : around(reference)
  if (!found) missed.set(frame, known.add(reference.address))
  return found
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

function firstFound<T>(all: readonly T[], look: (one: T) => Found | undefined): Found | undefined {
  for (const one of all) {
    const found = look(one)
    if (found) return found
  }
  return undefined
}

function isName(reference: Reference, name: string): boolean {
  const [first, second] = reference.actions
  return first?.name === name && !first.index && second !== undefined
}
