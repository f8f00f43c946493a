import {construct, hold} from './construct.ts'
import {keyText} from './plain.ts'
import {formatPath, type Path} from './problem.ts'
import {SchemaError} from './schema-error.ts'
import type {Plain, Type} from './types.ts'
import {type MapValue, type StructValue, type Value, isValue} from './values.ts'

type PlainTable = {readonly [name: string]: Plain}

/**
 * A struct with what a partial one says in the place of its own: structs and maps part by part, everything else as a whole; null takes a part away.
 * Whether it is complete, and what its references become, shows when it is resolved. @throws SchemaError that begins with the path
 */
export function amendRecord<V extends StructValue>(record: V, changes: PlainTable, path: Path = []): V {
  const fields = new Map(record.fields)
  for (const [name, given] of Object.entries(changes)) {
    const field = record.type.fields.get(name)
    const at = [...path, name]
    if (!field) throw new SchemaError('AttributeError', `${formatPath(at)}: ${record.type.name} has no field of that name`)
    if (given === null) fields.delete(name)
    else fields.set(name, amendValue(fields.get(name), field.type, given, at))
  }
  return {...record, fields}
}

function amendValue(value: Value | undefined, type: Type, given: Plain, path: Path): Value {
  if (value && isTable(given)) {
    if ('fields' in value) return amendRecord(value, given, path)
    if ('entries' in value) return amendMap(value, given, path)
    if ('held' in value && isValue(value.held) && 'fields' in value.held) return {...value, held: amendRecord(value.held, given, path)}
  }
  try {
    return construct(type, hold(given))
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error
    throw new SchemaError(error.kind, `${formatPath(path)}: ${error.message}`)
  }
}

function amendMap(map: MapValue, given: PlainTable, path: Path): MapValue {
  const kept = map.entries.filter(([key]) => !Object.hasOwn(given, keyText(key)))
  const amended = Object.entries(given).flatMap(([name, item]) => {
    if (item === null) return []
    const old = map.entries.find(([key]) => keyText(key) === name)
    const key = old?.[0] ?? construct(map.type.key, name)
    return [[key, amendValue(old?.[1], map.type.value, item, [...path, name])] as const]
  })
  return {...map, entries: [...kept, ...amended]}
}

function isTable(value: Plain): value is PlainTable {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
