import {ENUMS, STRUCTS} from '../../model/gen/tables.ts'
import type {EnumName, ScheduledTask, StructName, Structs} from '../../model/gen/types.ts'
import type {Json, JsonObject} from '../../model/json.ts'
import {type Field, structFields} from './fields.ts'

export interface SimpleJsonOptions {
  /** Enums to render by name; the others are numbers. */
  enumNames?: ReadonlySet<EnumName>
  /** Names of boolean fields to render as true and false; the others are 0 and 1. */
  booleans?: ReadonlySet<string>
}

/** Thrift's "simple JSON": keyed by field names, sets as arrays, unset fields left out, i64 as numbers (reference/commands.md §5.7). */
export function toSimpleJson<Name extends StructName>(name: Name, value: Structs[Name], options: SimpleJsonOptions = {}): JsonObject {
  return structToJson(name, value, options)
}

const SCHEDULED_TASK: SimpleJsonOptions = {enumNames: new Set(['ScheduleStatus']), booleans: new Set(['isService', 'production'])}

/** A task as `job status --write-json` prints it (reference/commands.md §5.7). */
export function scheduledTaskToJson(task: ScheduledTask): JsonObject {
  return toSimpleJson('ScheduledTask', task, SCHEDULED_TASK)
}

const fieldsOf = new Map<StructName, readonly Field[]>()

function structToJson(name: StructName, value: object, options: SimpleJsonOptions): JsonObject {
  let fields = fieldsOf.get(name)
  if (!fields) fieldsOf.set(name, (fields = structFields(name)))
  const values: Record<string, unknown> = {...value}
  return Object.fromEntries(
    fields
      .filter((field) => values[field.name] !== undefined)
      .map((field) => [field.name, toJson(field, field.type, values[field.name], options)]),
  )
}

function toJson(field: Field, type: string, value: unknown, options: SimpleJsonOptions): Json {
  const [, container, inner] = /^(list|set|map)<(.+)>$/.exec(type) ?? []
  if (inner && container === 'map') {
    return Object.fromEntries(Object.entries(value as object).map(([key, one]) => [key, toJson(field, inner, one, options)]))
  }
  if (inner) return (value as readonly unknown[]).map((one) => toJson(field, inner, one, options))
  if (Object.hasOwn(STRUCTS, type)) return structToJson(type as StructName, value as object, options)
  if (Object.hasOwn(ENUMS, type)) return enumToJson(type as EnumName, value as string, options)
  if (typeof value === 'boolean') return options.booleans?.has(field.name) ? value : Number(value)
  return typeof value === 'bigint' ? Number(value) : (value as Json)
}

function enumToJson(name: EnumName, value: string, options: SimpleJsonOptions): Json {
  if (options.enumNames?.has(name)) return value
  return ENUMS[name][value] ?? Number(value.replace('UNKNOWN_', ''))
}
