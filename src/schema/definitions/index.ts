import type {Json} from '../../model/json.ts'
import {type Field, type StructType, type Type, Boolean_, Float, Integer, String_} from '../types.ts'
import * as aurora from './aurora.ts'
import * as thermos from './thermos.ts'

const named = [...Object.values(thermos), ...Object.values(aurora)]
// Bundlers and Node do not agree on the order of a module's exports.
const own: Type[] = named.filter((value) => 'kind' in value).toSorted((a, b) => (a.name < b.name ? -1 : 1))

/** The types that every configuration knows, by name. */
export const builtInTypes: ReadonlyMap<string, Type> = new Map([String_, Integer, Float, Boolean_, ...own].map((type) => [type.name, type]))

/** The structs as data, each after those that it uses: the classes of the Python side are made from it. */
export function exportDefinitions(): {structs: Json[]} {
  const structs = new Set<StructType>()
  for (const type of own) collectStructs(type, structs)
  return {structs: Array.from(structs, (type) => [type.name, Array.from(type.fields.values(), exportField)])}
}

function collectStructs(type: Type, into: Set<StructType>): void {
  if (type.kind === 'list') collectStructs(type.element, into)
  if (type.kind === 'choice') for (const alternative of type.alternatives) collectStructs(alternative, into)
  if (type.kind !== 'struct') return
  for (const field of type.fields.values()) collectStructs(field.type, into)
  into.add(type)
}

function exportField(field: Field): Json {
  const described: Json[] = [field.name, exportType(field.type), field.required]
  return field.default === undefined ? described : [...described, field.default as Json]
}

function exportType(type: Type): Json {
  switch (type.kind) {
    case 'list':
      return ['list', exportType(type.element)]
    case 'map':
      return ['map', exportType(type.key), exportType(type.value)]
    case 'choice':
      return ['choice', type.name, type.alternatives.map(exportType)]
    case 'enum':
      return ['enum', type.name, [...type.values]]
    default:
      return type.name
  }
}
