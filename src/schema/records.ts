import type {Json, JsonObject} from '../model/json.ts'
import {EMPTY, type Given, construct, withDefaults} from './construct.ts'
import {MesosJob} from './definitions/aurora.ts'
import {builtInTypes} from './definitions/index.ts'
import {type Raw, Opaque, PyFloat, Quotient} from './raw.ts'
import {SchemaError} from './schema-error.ts'
import {type StructType, type Type, choice, enumeration, list, map, sameType, struct} from './types.ts'
import {type Held, type Place, type Scope, type StructValue, type Value, NO_SCOPES} from './values.ts'

/**
 * Values as plain JSON: a table of objects, each `[type, payload, scopes?, place?]`, that refer to earlier ones as `[index]`, so that what is shared is
 * written once. Floats without a fraction are `{"f": "2.0"}`, large integers `{"i": "…"}`, what no field takes `{"o": its repr}`, a field that was
 * unset `{"e": 1}`. Types are named, or numbered in the order in which they were declared.
 */
export type ObjectRecord = Json[]
export type TypeRecord = Json[]

/** The jobs of a configuration, as whoever evaluated it hands them over. */
export interface JobRecords {
  readonly types: readonly TypeRecord[]
  readonly objects: readonly ObjectRecord[]
  /** Which of the objects are the jobs. */
  readonly jobs: readonly number[]
  /** The files that places name, by number: a place is `[file, line]`. */
  readonly files?: readonly string[]
}

/** A record that does not say what it should; records come from sandboxed programs, and nothing in them is trusted. */
export class RecordError extends Error {
  override readonly name = 'RecordError'
}

/** Deeper values exist only to overrun a stack. */
const MAX_DEPTH = 200
/** The names of lists and maps are made of others, and can double each time. */
const MAX_NAME = 10_000
/** More are no cluster's. */
const MAX_JOBS = 100_000

/** The types that a program declared, in its order. */
export class TypeTable {
  readonly records: TypeRecord[] = []
  readonly #declared: Type[] = []

  /** @returns the number by which records name it. */
  declare(record: TypeRecord): number {
    const type = this.#made(record)
    if (type.name.length > MAX_NAME) throw new RecordError(`the name of a type has more than ${MAX_NAME} characters`)
    this.#declared.push(type)
    this.records.push(record)
    return this.#declared.length - 1
  }

  get(reference: Json | undefined): Type {
    const type = typeof reference === 'number' ? this.#declared[reference] : builtInTypes.get(text(reference))
    if (!type) throw new RecordError(`there is no type ${JSON.stringify(reference)}`)
    return type
  }

  #made(record: TypeRecord): Type {
    const [kind, first, second] = record
    if (kind === 'list') return list(this.get(first))
    if (kind === 'map') return map(this.get(first), this.get(second))
    if (kind === 'choice')
      return choice(
        array(second).map((reference) => this.get(reference)),
        text(first),
      )
    if (kind === 'enum') return enumeration(array(second).map(text), text(first))
    if (kind === 'struct') return this.#struct(text(first), array(second))
    throw new RecordError(`there is no kind of types ${JSON.stringify(kind)}`)
  }

  #struct(name: string, fields: Json[]): StructType {
    const specs = fields.map((field) => {
      const [fieldName, reference, required, payload, objects] = array(field)
      const type = this.get(reference)
      const spec = {type, required: required === true}
      if (payload === undefined) return [text(fieldName), spec] as const
      return [text(fieldName), {...spec, defaultValue: new ValueReader(this, array(objects).map(array)).part(type, payload)}] as const
    })
    return struct(name, Object.fromEntries(specs))
  }
}

/** Reads a table of objects. */
export class ValueReader {
  readonly #types: TypeTable
  readonly #files: readonly string[]
  readonly #objects: (Value | Scope)[] = []
  readonly #depths: number[] = []
  #depth = 0

  constructor(types: TypeTable, objects: readonly ObjectRecord[], files: readonly string[] = []) {
    this.#types = types
    this.#files = files
    for (const record of objects) {
      this.#depth = 0
      this.#objects.push(this.#object(array(record)))
      this.#depths.push(this.#depth + 1)
    }
  }

  value(index: Json | undefined): Value {
    const found = this.#get(index)
    if (!isTyped(found)) throw new RecordError('a value is missing')
    return found
  }

  scope(index: Json | undefined): Scope {
    const found = this.#get(index)
    return isTyped(found) ? {kind: 'value', value: found} : found
  }

  #get(index: Json | undefined): Value | Scope {
    const at = typeof index === 'number' ? index : -1
    const found = this.#objects[at]
    if (!found) throw new RecordError('an object refers to none before it')
    this.#depth = Math.max(this.#depth, this.#depths[at] ?? 0)
    if (this.#depth > MAX_DEPTH) throw new RecordError(`values are nested more than ${MAX_DEPTH} levels deep`)
    return found
  }

  #object([reference, payload, scopes, place]: ObjectRecord): Value | Scope {
    if (reference === '@names') return this.#names(array(payload))
    if (reference === '@inside') return {kind: 'inside', value: this.value(payload)}
    const bound = scopes === undefined || scopes === null ? NO_SCOPES : array(scopes).map((scope) => this.scope(scope))
    return this.#typed(this.#types.get(reference), payload ?? null, bound, this.#place(place))
  }

  #place(place: Json | undefined): Place | undefined {
    if (place === undefined) return undefined
    const [number, line] = array(place)
    const file = typeof number === 'number' ? this.#files[number] : undefined
    if (file === undefined || typeof line !== 'number') throw new RecordError('a place names no line of a file')
    return {file, line}
  }

  #names(entries: Json[]): Scope {
    const table = new Map<string, string | Value>()
    for (const entry of entries) {
      const [address, value] = array(entry)
      table.set(text(address), Array.isArray(value) ? this.value(value[0]) : text(value))
    }
    return {kind: 'names', table}
  }

  #typed(type: Type, payload: Json, scopes: readonly Scope[], place: Place | undefined): Value {
    switch (type.kind) {
      case 'struct': {
        const fields = record(payload)
        for (const name in fields) if (!type.fields.has(name)) throw new SchemaError('AttributeError', `Unknown schema attribute ${name}`)
        return withDefaults(type, (name) => this.#given(type, fields, name), scopes, place)
      }
      case 'list':
        return {type, items: array(payload).map((item) => this.part(type.element, item)), scopes}
      case 'map': {
        const entries = array(payload).map((entry) => {
          const [key, item] = array(entry)
          return [this.part(type.key, key), this.part(type.value, item)] as const
        })
        return {type, entries, scopes}
      }
      case 'choice':
        return {type, held: this.#held(payload), scopes}
      default:
        return {type, raw: readRaw(payload), scopes}
    }
  }

  #given(type: StructType, fields: JsonObject, name: string): Given {
    const field = type.fields.get(name)
    if (!field || !Object.hasOwn(fields, name)) return undefined
    const given = fields[name]
    if (typeof given === 'object' && given !== null && !Array.isArray(given) && 'e' in given) return EMPTY
    return this.part(field.type, given)
  }

  /** A value of a type that was given in place. */
  part(type: Type, part: Json | undefined): Value {
    return construct(type, this.#held(part))
  }

  #held(part: Json | undefined): Held {
    if (Array.isArray(part)) return this.value(part[0])
    if (typeof part === 'object' && part !== null) {
      if ('l' in part) return {items: array(part['l']).map((item) => this.#held(item))}
      if ('d' in part) return {entries: this.#heldEntries(part['d'])}
      if ('x' in part) return {entries: this.#heldEntries(part['x']), exact: true}
    }
    return readRaw(part)
  }

  #heldEntries(entries: Json | undefined): [Held, Held][] {
    return array(entries).map((entry) => {
      const [key, item] = array(entry)
      return [this.#held(key), this.#held(item)]
    })
  }
}

/** Reads the jobs of a configuration. */
export function readJobs({types, objects, jobs, files}: JobRecords): StructValue[] {
  if (jobs.length > MAX_JOBS) throw new RecordError(`it defines ${jobs.length} jobs; a configuration may have ${MAX_JOBS}`)
  const table = new TypeTable()
  for (const type of types) table.declare(type)
  const reader = new ValueReader(table, objects, files)
  return jobs.map((index) => {
    const job = reader.value(index)
    if ('fields' in job && sameType(job.type, MesosJob)) return job
    throw new RecordError('an object among the jobs is none')
  })
}

function isTyped(object: Value | Scope): object is Value {
  return 'type' in object
}

/** A scalar as records write it. @throws RecordError */
export function readRaw(part: Json | undefined): Raw {
  if (typeof part === 'string' || typeof part === 'number' || typeof part === 'boolean') return part
  if (typeof part === 'object' && part !== null && !Array.isArray(part)) {
    if (typeof part['f'] === 'string') return new PyFloat(pythonFloat(part['f']))
    if (typeof part['q'] === 'string') return new Quotient(pythonFloat(part['q']))
    if (typeof part['i'] === 'string' && /^-?\d+$/.test(part['i'])) return BigInt(part['i'])
    if (typeof part['o'] === 'string') return new Opaque(part['o'])
  }
  throw new RecordError('a scalar is expected')
}

function pythonFloat(repr: string): number {
  return repr === 'inf' ? Infinity : repr === '-inf' ? -Infinity : Number(repr)
}

function array(json: Json | undefined): Json[] {
  if (!Array.isArray(json)) throw new RecordError('a list is expected')
  return json
}

function text(json: Json | undefined): string {
  if (typeof json !== 'string') throw new RecordError('a text is expected')
  return json
}

function record(json: Json): JsonObject {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new RecordError('an object is expected')
  return json
}
