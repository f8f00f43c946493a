import type {Json, JsonObject} from '../../model/json.ts'
import {MesosJob} from '../../schema/definitions/aurora.ts'
import type {Problem} from '../../schema/problem.ts'
import {rawText} from '../../schema/raw.ts'
import {type JobRecords, type ObjectRecord, readRaw} from '../../schema/records.ts'
import {parseReference} from '../../schema/reference.ts'
import {SchemaError} from '../../schema/schema-error.ts'
import type {StructType, Type} from '../../schema/types.ts'
import {type Data, type Entry, NONE} from './data.ts'

/** What is wrong with the shape of a file of data. */
export class DataError extends Error {
  readonly line: number | undefined
  constructor(message: string, line: number | undefined) {
    super(message)
    this.line = line
  }
}

/**
 * The jobs of a file of data: one job, or `{jobs: […]}`. Structs are objects with their fields, `null` unsets a field, and `bind` holds the names that
 * are bound to a struct; beside `jobs`, those that are bound to all jobs. @throws DataError
 */
export function recordsFromData(shown: string, data: Data): {records: JobRecords; warnings: Problem[]} {
  const writer = new DataWriter()
  const warnings: Problem[] = []
  const jobs = 'entries' in data ? entryOf(data.entries, 'jobs') : undefined
  if (!jobs || !('entries' in data)) return {records: {...writer.records([writer.job(data, [])], shown)}, warnings}
  if (!('items' in jobs.value)) throw new DataError('jobs is a list of jobs', jobs.line)
  for (const {name, line} of data.entries) {
    if (!TOP.includes(name) && !name.startsWith('$') && !name.startsWith('x-'))
      warnings.push({
        path: name,
        message: `${name} is not used; beside jobs there is bind`,
        ...(line === undefined ? {} : {place: {file: shown, line}}),
      })
  }
  const common = writer.scopes(entryOf(data.entries, BIND))
  return {
    records: writer.records(
      jobs.value.items.map((job) => writer.job(job, common)),
      shown,
    ),
    warnings,
  }
}

const BIND = 'bind'
const TOP = ['jobs', BIND, 'hooks']

class DataWriter {
  readonly #objects: ObjectRecord[] = []

  records(jobs: number[], file: string): JobRecords {
    return {types: [], objects: this.#objects, jobs, files: [file]}
  }

  job(data: Data, common: Json[]): number {
    if (!('entries' in data)) throw new DataError('a job is an object with its fields', data.line)
    const entries = data.entries.filter(({name}) => !name.startsWith('$'))
    return this.#struct(MesosJob, data.line, entries, common)
  }

  scopes(bound: Entry | undefined): Json[] {
    if (!bound) return []
    if (!('entries' in bound.value)) throw new DataError('bind is an object with names and what they stand for', bound.line)
    return [this.#object(['@names', [...addresses('', bound.value)]])]
  }

  #struct(type: StructType, line: number | undefined, entries: readonly Entry[], outer: Json[] = []): number {
    const fields: JsonObject = {}
    for (const entry of entries) {
      const field = type.fields.get(entry.name)
      if (field) fields[entry.name] = isNone(entry.value) ? {e: 1} : this.#part(field.type, entry.value)
    }
    const scopes = [...(type.fields.has(BIND) ? [] : this.scopes(entryOf(entries, BIND))), ...outer]
    return this.#object([type.name, fields, scopes, ...(line === undefined ? [] : [[0, line]])])
  }

  #part(type: Type, data: Data): Json {
    if ('scalar' in data) return data.scalar
    if ('items' in data) {
      const element = type.kind === 'list' ? type.element : type
      return {l: data.items.map((item) => this.#part(element, item))}
    }
    const struct = structOf(type, data.entries)
    if (struct) return [this.#struct(struct, data.line, data.entries)]
    const value = type.kind === 'map' ? type.value : type
    return {d: data.entries.map((entry) => [entry.name, this.#part(value, entry.value)])}
  }

  #object(record: ObjectRecord): number {
    return this.#objects.push(record) - 1
  }
}

/** The names of nested objects and lists, as references name them. */
function* addresses(prefix: string, data: Data): Generator<[string, string]> {
  if ('scalar' in data) yield [prefix, boundText(data)]
  else if ('items' in data) for (const [i, item] of data.items.entries()) yield* addresses(`${prefix}[${i}]`, item)
  else for (const {name, line, value} of data.entries) yield* addresses(prefix + addressOf(name, line), value)
}

function boundText(data: Data & {scalar: Json}): string {
  if (isNone(data)) throw new DataError('a name stands for a text or a number, not for nothing', data.line)
  return rawText(readRaw(data.scalar))
}

function addressOf(name: string, line: number | undefined): string {
  try {
    return parseReference(name).address
  } catch (error) {
    if (error instanceof SchemaError) throw new DataError(`${JSON.stringify(name)} is no name to bind`, line)
    throw error
  }
}

/** The struct that an object is: of several that it may be, the first that has all of its fields, and of which it has all that are required. */
function structOf(type: Type, entries: readonly Entry[]): StructType | undefined {
  if (type.kind === 'struct') return type
  if (type.kind !== 'choice') return undefined
  return type.alternatives.find((each): each is StructType => each.kind === 'struct' && couldBe(each, entries))
}

function couldBe({fields}: StructType, entries: readonly Entry[]): boolean {
  const given = new Map(entries.map(({name, value}) => [name, value]))
  given.delete(BIND)
  return (
    Array.from(given).every(([name, value]) => hasShape(fields.get(name)?.type, value)) &&
    Array.from(fields.values()).every(({name, required}) => !required || given.has(name))
  )
}

function hasShape(type: Type | undefined, data: Data): boolean {
  if (!type) return false
  if (isNone(data) || type.kind === 'choice') return true
  if ('entries' in data) return type.kind === 'struct' || type.kind === 'map'
  return 'items' in data ? type.kind === 'list' : type.kind !== 'struct' && type.kind !== 'map' && type.kind !== 'list'
}

function entryOf(entries: readonly Entry[], name: string): Entry | undefined {
  return entries.findLast((entry) => entry.name === name)
}

function isNone(data: Data): boolean {
  return 'scalar' in data && data.scalar === NONE
}
