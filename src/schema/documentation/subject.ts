import {UserError} from '../../model/errors.ts'
import {nearestNames} from '../../model/nearest.ts'
import {MesosJob} from '../definitions/aurora.ts'
import {builtInTypes} from '../definitions/index.ts'
import {structName} from '../type-text.ts'
import type {Field, StructType, Type} from '../types.ts'
import {helpers, references} from './index.ts'

/** What a path such as `job.task.processes[0].cmdline` leads to; `path` is its full form, `Job.task.processes.cmdline`. */
export type Subject =
  | {readonly kind: 'struct'; readonly path: string; readonly struct: StructType}
  | {readonly kind: 'field'; readonly path: string; readonly struct: StructType; readonly field: Field}
  | {readonly kind: 'helper'; readonly path: keyof typeof helpers}
  | {readonly kind: 'reference'; readonly path: keyof typeof references}

type Place = Extract<Subject, {kind: 'struct' | 'field'}>

const structs = [...builtInTypes.values()].filter((type): type is StructType => type.kind === 'struct')

/** Finds what a path means; case does not matter. @throws UserError for what the language does not have, with what comes near. */
export function findSubject(path: string): Subject {
  const text = path.trim().replace(/^\{\{(.*)\}\}$/, '$1')
  const [first = '', ...steps] = text.replace(/\[[^\]]*\]?/g, '').split('.')
  const reference = [first, ...steps].join('.').toLowerCase()
  if (isKey(references, reference)) return {kind: 'reference', path: reference}
  const start = exactly(first) ?? roughly(first) ?? fieldAnywhere(first)
  return steps.reduce<Subject>((at, step) => inside(at, step), start)
}

/** The structs that values of a type consist of. */
export function structsIn(type: Type): readonly StructType[] {
  if (type.kind === 'list') return structsIn(type.element)
  if (type.kind === 'map') return structsIn(type.value)
  if (type.kind === 'choice') return type.alternatives.flatMap(structsIn)
  return type.kind === 'struct' ? [type] : []
}

/** A name as it is written: of a struct, of a field of the job, of a helper. */
function exactly(name: string): Subject | undefined {
  const struct = structs.find((each) => each.name === name || structName(each) === name)
  if (struct) return structPlace(struct)
  const field = MesosJob.fields.get(name)
  if (field) return fieldPlace(structPlace(MesosJob), MesosJob, field)
  return isKey(helpers, name) ? {kind: 'helper', path: name} : undefined
}

function roughly(name: string): Subject | undefined {
  const lower = name.toLowerCase()
  const known = [...structs.flatMap((each) => [each.name, structName(each)]), ...MesosJob.fields.keys(), ...Object.keys(helpers)]
  const found = known.find((each) => each.toLowerCase() === lower)
  return found === undefined ? undefined : exactly(found)
}

/** A field by its name alone, if no other struct has one of that name. */
function fieldAnywhere(name: string): Place {
  const places = fieldsCalled(structs, name.toLowerCase()).map(([struct, field]) => fieldPlace(structPlace(struct), struct, field))
  const [only, ...others] = places
  if (only && others.length === 0) return only
  if (only) throw ambiguous(name, places)
  const known = [
    ...structs.map(structName),
    ...Object.keys(helpers),
    ...Object.keys(references),
    ...structs.flatMap((each) => [...each.fields.keys()]),
  ]
  throw unknown(`The configuration language has no '${name}'`, nearestNames(name, known), 'aurora config explain')
}

function inside(at: Subject, step: string): Place {
  if (at.kind !== 'struct' && at.kind !== 'field') throw unknown(`${at.path} has no fields`, [], `aurora config explain ${at.path}`)
  const within = at.kind === 'struct' ? [at.struct] : structsIn(at.field.type)
  const lower = step.toLowerCase()
  const alternative = at.kind === 'field' ? within.find((each) => each.name.toLowerCase() === lower) : undefined
  if (alternative) return {...structPlace(alternative), path: `${at.path}.${alternative.name}`}
  const places = fieldsCalled(within, lower).map(([struct, field]) =>
    fieldPlace(within.length > 1 ? {path: `${at.path}.${struct.name}`} : at, struct, field),
  )
  const [only, ...others] = places
  if (only && others.length === 0) return only
  if (only) throw ambiguous(step, places)
  const names = within.flatMap(({fields}) => [...fields.keys()])
  const what = names.length === 0 ? 'has no fields' : `has no field '${step}'`
  throw unknown(`${at.path} ${what}`, nearestNames(lower, names), `aurora config explain ${at.path}`)
}

function fieldsCalled(within: readonly StructType[], lower: string): (readonly [StructType, Field])[] {
  return within.flatMap((struct) => {
    const field = struct.fields.get(lower)
    return field ? [[struct, field] as const] : []
  })
}

function structPlace(struct: StructType): Place {
  return {kind: 'struct', path: structName(struct), struct}
}

function fieldPlace(owner: {path: string}, struct: StructType, field: Field): Place {
  return {kind: 'field', path: `${owner.path}.${field.name}`, struct, field}
}

function isKey<Table extends object>(table: Table, name: string): name is keyof Table & string {
  return Object.hasOwn(table, name)
}

function ambiguous(name: string, places: readonly Place[]): UserError {
  const remedy = `Name one of them: ${places.map(({path}) => path).join(', ')}.`
  return new UserError(`'${name}' is a field of several structs.`, {code: 'config.ambiguous-field', remedy})
}

function unknown(message: string, near: readonly string[], help: string): UserError {
  const guess =
    near.length === 0
      ? '.'
      : `; did you mean ${near
          .slice(0, 3)
          .map((name) => `'${name}'`)
          .join(' or ')}?`
  return new UserError(message + guess, {code: 'config.unknown-field', remedy: `'${help}' shows what there is.`})
}
