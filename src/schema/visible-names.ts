import {frameInside, isValue} from './values.ts'
import type {Frame, Scope, Value} from './values.ts'

/** The names that a reference can have at a place, with those one level inside: `profile`, `profile.cpu`. */
export function visibleNames(frame: Frame | undefined): Set<string> {
  const names = new Set<string>()
  for (let at = frame; at; at = at.outer) {
    if (at.struct) addParts('', at.struct, names)
    for (const scope of at.scopes) addScope(scope, names)
  }
  return names
}

/** Is it a field that a struct around the place could have, but has not? */
export function isUnsetField(name: string, frame: Frame | undefined): boolean {
  for (let at = frame; at; at = at.outer) if (at.struct?.type.fields.has(name)) return true
  return false
}

function addScope(scope: Scope, names: Set<string>): void {
  if (scope.kind === 'inside') for (const name of visibleNames(frameInside(scope.value, undefined))) names.add(name)
  else if (scope.kind === 'value') addParts('', scope.value, names)
  else for (const [address, value] of scope.table) add(address.replace(/^\./, ''), value, names)
}

function add(name: string, value: string | Value, names: Set<string>): void {
  names.add(name)
  if (typeof value !== 'string') addParts(name, value, names)
}

function addParts(prefix: string, value: Value, names: Set<string>): void {
  if ('held' in value) {
    if (isValue(value.held)) addParts(prefix, value.held, names)
  } else if ('fields' in value) {
    for (const [name, field] of value.fields) {
      if (prefix === '') add(name, 'fields' in field ? field : '', names)
      else names.add(`${prefix}.${name}`)
    }
  }
}
