/** Runs inside the isolate, after the files of a configuration: writes the jobs that they export as records. It goes there as text. */
import type {Json} from '../../../model/json.ts'

/** A type as `exportDefinitions` tells it: its name, or its kind with those that it is made of. */
type Form = Json | undefined

interface Made {
  readonly type?: string
  readonly at?: {readonly stack?: string}
  readonly scopes: readonly {readonly names: object}[]
}

const MADE = Symbol.for('@auroractl/cli/config')
const ADDRESS = /^(?:[A-Za-z_]\w*|\[[\w\-./]+\])(?:\.[A-Za-z_]\w*|\[[\w\-./]+\])*$/

export class Writer {
  readonly #structs: ReadonlyMap<string, ReadonlyMap<string, Form>>
  readonly #objects: Json[] = []
  readonly #files: string[] = []
  readonly #written = new Map<unknown, number>()
  /** The line of the struct that is being written. */
  #line = ''

  constructor(structs: readonly (readonly [string, readonly [string, Json][]])[]) {
    this.#structs = new Map(structs.map(([name, fields]) => [name, new Map(fields)]))
  }

  /** What a module exports: a job or a list of them as `default` or as `jobs`. */
  jobs(module: {default?: unknown; jobs?: unknown}): Json {
    const exported = module.default ?? module.jobs
    if (exported === undefined) throw new Error('it exports no jobs: it needs `export default [job({…})]`')
    const jobs = Array.isArray(exported) ? exported : [exported]
    const written = jobs.map((job: unknown, i) => {
      if (typeof job !== 'object' || job === null || Array.isArray(job)) throw new Error(`jobs[${i}] is no job but ${shown(job)}`)
      return this.#struct('MesosJob', job)
    })
    return {...this.#table(), jobs: written}
  }

  /** All that a module exports by name, but for functions. */
  exports(module: Readonly<Record<string, unknown>>): Json {
    const exports = Object.entries(module).filter(
      ([name, value]) => name !== 'default' && value !== undefined && typeof value !== 'function',
    )
    const written = exports.map(([name, value]) => [name, this.#part(undefined, value)])
    return {...this.#table(), jobs: [], exports: written}
  }

  #table(): {objects: Json[]; files: string[]} {
    return {objects: this.#objects, files: this.#files}
  }

  #part(form: Form, value: unknown): Json {
    if (typeof value === 'string' || typeof value === 'boolean') return value
    if (typeof value === 'number') return number(value)
    if (typeof value === 'bigint') return number(value)
    if (value === null) return {o: 'None'}
    if (Array.isArray(value))
      return {l: value.map((item) => this.#part(Array.isArray(form) && form[0] === 'list' ? form[1] : undefined, item))}
    if (typeof value !== 'object') throw this.#error(`a value is ${shown(value)}, which is no data`)
    const made = madeOf(value)
    const type = made?.type ?? (typeof form === 'string' ? form : '')
    if (this.#structs.has(type)) return [this.#struct(type, value)]
    if (made) throw this.#error('names are bound to what a function such as docker({…}) made')
    const inner = Array.isArray(form) && form[0] === 'map' ? form[2] : undefined
    return {d: Object.entries(value).flatMap(([name, item]) => (item === undefined ? [] : [[name, this.#part(inner, item)]]))}
  }

  #struct(expected: string, value: object): number {
    const known = this.#written.get(value)
    if (known !== undefined) return known
    const {type = expected, at, scopes = []} = madeOf(value) ?? {}
    const outer = this.#line
    const place = this.#place(at?.stack)
    const fields: Record<string, Json> = {}
    for (const [name, item] of Object.entries(value)) {
      if (item === undefined) continue
      if (!this.#structs.get(type)?.has(name)) throw this.#error(`Unknown schema attribute ${name} of ${type}`)
      fields[name] = item === null ? {e: 1} : this.#part(this.#structs.get(type)?.get(name), item)
    }
    const bound = scopes.map(({names}) => this.#object(['@names', [...this.#names('', names)]]))
    const index = this.#object(place ? [type, fields, bound, place] : [type, fields, bound])
    this.#line = outer
    this.#written.set(value, index)
    return index
  }

  *#names(prefix: string, value: unknown): Generator<Json> {
    if (typeof value === 'object' && value !== null && !madeOf(value)) {
      const entries = Array.isArray(value) ? value.map((item, i): [string, unknown] => [`[${i}]`, item]) : Object.entries(value)
      for (const [name, item] of entries) {
        if (!ADDRESS.test(name)) throw this.#error(`'${name}' is no name to bind`)
        yield* this.#names(`${prefix}${name.startsWith('[') ? '' : '.'}${name}`, item)
      }
    } else if (typeof value === 'object' && value !== null) yield [prefix, this.#part(undefined, value)]
    else if (typeof value === 'boolean') yield [prefix, value ? 'True' : 'False']
    else if (['string', 'number', 'bigint'].includes(typeof value)) yield [prefix, String(value)]
    else throw this.#error(`${prefix.slice(1)} is bound to ${shown(value)}; names stand for texts, numbers and structs`)
  }

  #object(record: Json): number {
    return this.#objects.push(record) - 1
  }

  #place(stack: string | undefined): Json[] | undefined {
    const [, file, line] = /^ *at (?:.* \()?(.*):(\d+):\d+\)?$/m.exec(stack ?? '') ?? []
    if (file === undefined) return undefined
    this.#line = `${file}:${line}`
    const known = this.#files.indexOf(file)
    return [known === -1 ? this.#files.push(file) - 1 : known, Number(line)]
  }

  #error(message: string): Error {
    return new Error(this.#line === '' ? message : `${message} (${this.#line})`)
  }
}

function madeOf(value: object): Made | undefined {
  return (value as {[MADE]?: Made})[MADE]
}

function number(value: number | bigint): Json {
  if (typeof value === 'bigint') return {i: String(value)}
  if (Number.isFinite(value)) return Number.isInteger(value) && !Number.isSafeInteger(value) ? {i: String(BigInt(value))} : value
  return {f: Number.isNaN(value) ? 'nan' : value < 0 ? '-inf' : 'inf'}
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  return Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : `a ${typeof value}`
}
