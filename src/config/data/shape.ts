import {nearest} from '../../model/nearest.ts'
import {MesosJob} from '../../schema/definitions/aurora.ts'
import {type Path, type Problem, formatPath} from '../../schema/problem.ts'
import type {StructType, Type} from '../../schema/types.ts'
import {type Data, type Entry, NONE} from './data.ts'

/** Everything in a file of data that has not the shape of jobs: unknown fields, values of another kind than the field's. */
export function shapeProblems(file: string, data: Data): Problem[] {
  const jobs = 'entries' in data ? data.entries.findLast(({name}) => name === 'jobs')?.value : undefined
  if (!jobs) return [...new Shape(file).onlyJob(data)]
  if (!('items' in jobs)) return []
  const shape = new Shape(file)
  return jobs.items.flatMap((job, i) => [...shape.job(job, i)])
}

class Shape {
  readonly #file: string

  constructor(file: string) {
    this.#file = file
  }

  /** A file without `jobs`. */
  *onlyJob(data: Data): Generator<Problem> {
    if ('entries' in data) yield* this.job(data, 0)
    else if ('items' in data) yield this.#problem([], data.line, 'It is a list; the list of the jobs is the value of jobs')
    else yield this.#problem([], data.line, data.scalar === NONE ? 'It is empty' : 'It is one value, not a job with its fields')
  }

  *job(data: Data, index: number): Generator<Problem> {
    const path = ['jobs', index]
    if (!('entries' in data)) yield this.#problem(path, data.line, 'a job is an object with its fields')
    else
      yield* this.#struct(
        MesosJob,
        path,
        data.entries.filter(({name}) => !name.startsWith('$')),
      )
  }

  *#part(type: Type, path: Path, data: Data): Generator<Problem> {
    if ('scalar' in data && typeof data.scalar === 'object') return
    if (type.kind === 'struct') {
      if ('entries' in data) yield* this.#struct(type, path, data.entries)
      else yield this.#problem(path, data.line, `${type.name} needs named fields`)
    } else if (type.kind === 'list') {
      if ('items' in data) for (const [i, item] of data.items.entries()) yield* this.#part(type.element, [...path, i], item)
      else yield this.#problem(path, data.line, 'It is a list, even of one')
    } else if (type.kind === 'map') {
      if ('entries' in data) for (const {name, value} of data.entries) yield* this.#part(type.value, [...path, name], value)
      else yield this.#problem(path, data.line, 'It is an object with names and their values')
    } else if (type.kind === 'enum' && 'scalar' in data) {
      const text = String(data.scalar)
      if (type.values.includes(text) || text.includes('{{')) return
      yield this.#problem(
        path,
        data.line,
        `${type.name} only accepts the following values: ${type.values.join(', ')}${nearest(text, type.values)}`,
      )
    }
  }

  *#struct(type: StructType, path: Path, entries: readonly Entry[]): Generator<Problem> {
    for (const {name, line, value} of entries) {
      const field = type.fields.get(name)
      if (field) yield* this.#part(field.type, [...path, name], value)
      else if (name !== 'bind') yield this.#problem(path, line, `Unknown schema attribute ${name}${nearest(name, type.fields.keys())}`)
    }
  }

  #problem(path: Path, line: number | undefined, message: string): Problem {
    return {path: formatPath(path), message, ...(line === undefined ? {} : {place: {file: this.#file, line}})}
  }
}
