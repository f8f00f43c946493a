import {MesosJob} from './definitions/aurora.ts'
import type {Job} from './job.ts'
import {floatText, jsonString} from './python-text.ts'
import type {StructType, Type} from './types.ts'

/** The update's settings and the number of instances are no business of the executor. */
const LEFT_OUT = new Set(['update_config', 'instances'])

/**
 * What the executor of a task gets: the whole job as JSON (reference/config-dsl.md §10.1). Schedulers compare it as a string, so it is written field
 * by field in the order of the types, as Python's `json.dumps` writes it, the same from run to run.
 */
export function executorData(job: Job): string {
  return structText(MesosJob, job, LEFT_OUT)
}

/** The whole job as one line of JSON, as `job inspect --write-json` shows it: floats stay floats. */
export function jobJson(job: Job): string {
  return structText(MesosJob, job)
}

function structText(type: StructType, value: unknown, leftOut: ReadonlySet<string> = new Set()): string {
  const given = value as Readonly<Record<string, unknown>>
  const parts: string[] = []
  for (const {name, type: fieldType} of type.fields.values()) {
    const field = Object.hasOwn(given, name) ? given[name] : undefined
    if (field !== undefined && !leftOut.has(name)) parts.push(`${jsonString(name)}: ${valueText(fieldType, field)}`)
  }
  return `{${parts.join(', ')}}`
}

function valueText(type: Type, value: unknown): string {
  switch (type.kind) {
    case 'float':
      return floatJson(value)
    case 'integer':
    case 'boolean':
      return String(value)
    case 'list':
      return `[${(value as unknown[]).map((item) => valueText(type.element, item)).join(', ')}]`
    case 'map':
      return `{${Object.entries(value as object)
        .map(([key, item]) => `${jsonString(key)}: ${valueText(type.value, item)}`)
        .join(', ')}}`
    case 'struct':
      return structText(type, value)
    case 'choice':
      return valueText(alternativeOf(type.alternatives, value), value)
    default:
      return jsonString(String(value).replaceAll('{{&&', '{{'))
  }
}

function floatJson(value: unknown): string {
  if (typeof value !== 'number') return jsonString(String(value))
  return Number.isFinite(value) ? floatText(value) : Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity'
}

/** Which alternative of a choice some plain data is: the first struct that has all of its fields. */
function alternativeOf(alternatives: readonly Type[], value: unknown): Type {
  const names = Object.keys(value as object)
  const fits = (type: Type): boolean => {
    if (type.kind !== 'struct') return false
    const complete = [...type.fields.values()].every(({name, required}) => !required || names.includes(name))
    return complete && names.every((name) => type.fields.has(name))
  }
  const found = alternatives.find(fits)
  if (!found) throw new TypeError('the data is none of the alternatives')
  return found
}
