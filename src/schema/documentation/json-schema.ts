import type {Json, JsonObject} from '../../model/json.ts'
import {MesosJob} from '../definitions/aurora.ts'
import {structName} from '../type-text.ts'
import type {EnumType, Field, ScalarType, StructType, Type} from '../types.ts'
import {documentation, type FieldDocumentation, type StructDocumentation} from './index.ts'
import {structsIn} from './subject.ts'

/** Any text with a reference in it may become what its field wants. */
const REFERENCE = '\\{\\{[^{}]+\\}\\}'
/** The texts that become numbers and truth values, as `coerce` reads them. */
const INTEGER = '^\\s*[+-]?\\d+(_\\d+)*\\s*$'
const FLOAT =
  '^\\s*[+-]?((\\d+(_\\d+)*(\\.(\\d+(_\\d+)*)?)?|\\.\\d+(_\\d+)*)([eE][+-]?\\d+)?|[nN][aA][nN]|[iI][nN][fF]([iI][nN][iI][tT][yY])?)\\s*$'
const BOOLEAN = '^([tT][rR][uU][eE]|[fF][aA][lL][sS][eE]|0|1)$'

/** Fields that the language leaves open, and a job needs. */
const NEEDED_BY_JOBS: Readonly<Record<string, readonly string[]>> = {Task: ['processes', 'resources']}

const documented: Readonly<Record<string, StructDocumentation>> = documentation

/** A JSON Schema of configurations in YAML and JSON, for editors. It refuses nothing that loads and makes a complete job. */
export function configurationSchema(): JsonObject {
  const structs = new Set<StructType>()
  collect(MesosJob, structs)
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Aurora configuration',
    description: 'One job with its fields, or a list of jobs.',
    type: 'object',
    if: {required: ['jobs']},
    // eslint-disable-next-line unicorn/no-thenable -- a word of JSON Schema, and no function
    then: {$ref: '#/$defs/File'},
    else: {$ref: '#/$defs/Job'},
    $defs: {
      File: {
        title: 'File',
        description: 'A list of jobs, and what is bound in all of them.',
        type: 'object',
        required: ['jobs'],
        properties: {
          jobs: {description: 'The jobs that the file defines.', type: 'array', items: {$ref: '#/$defs/Job'}},
          bind: {$ref: '#/$defs/Bind'},
        },
      },
      ...Object.fromEntries(Array.from(structs, (struct) => [structName(struct), structSchema(struct)])),
      Bind: {
        title: 'Bind',
        description: 'Names that references such as {{version}} stand for. Names in names are written with a dot: {{image.tag}}.',
        type: 'object',
        additionalProperties: {$ref: '#/$defs/Bound'},
      },
      Bound: {
        anyOf: [
          {type: ['string', 'number', 'boolean']},
          {type: 'object', additionalProperties: {$ref: '#/$defs/Bound'}},
          {type: 'array', items: {$ref: '#/$defs/Bound'}},
        ],
      },
    },
  }
}

function collect(struct: StructType, into: Set<StructType>): void {
  if (into.has(struct)) return
  into.add(struct)
  for (const {type} of struct.fields.values()) for (const inner of structsIn(type)) collect(inner, into)
}

function structSchema(struct: StructType): JsonObject {
  const about = documented[struct.name]
  const needed = NEEDED_BY_JOBS[struct.name] ?? []
  const fields = [...struct.fields.values()].map((field) => ({...field, required: field.required || needed.includes(field.name)}))
  const required = fields.filter((field) => field.required).map(({name}) => name)
  return {
    title: structName(struct),
    description: about?.text ?? '',
    ...(about?.deprecated === undefined ? {} : {deprecated: true}),
    type: 'object',
    ...(required.length === 0 ? {} : {required}),
    properties: {
      ...Object.fromEntries(fields.map((field) => [field.name, fieldSchema(field, about?.fields[field.name])])),
      bind: {$ref: '#/$defs/Bind'},
    },
    // Editors put the address of a schema into $schema.
    ...(struct === MesosJob ? {patternProperties: {'^\\$': true}} : {}),
    additionalProperties: false,
  }
}

function fieldSchema(field: Field, about: FieldDocumentation | undefined): JsonObject {
  const {example, values} = about ?? {}
  const examples = [...(example === undefined ? [] : [example]), ...(field.type.kind === 'string' ? Object.keys(values ?? {}) : [])]
  return {
    description: descriptionOf(about),
    ...(about?.deprecated === undefined ? {} : {deprecated: true}),
    ...(field.required ? typeSchema(field.type) : orNull(typeSchema(field.type))),
    ...(field.default === undefined ? {} : {default: field.default as Json}),
    ...(examples.length === 0 ? {} : {examples: [...new Set(examples)] as Json[]}),
  }
}

function descriptionOf(about: FieldDocumentation | undefined): string {
  const {text = '', unit, since, deprecated, values = {}} = about ?? {}
  const meanings = Object.entries(values).map(([value, meaning]) => `${value}: ${meaning}.`)
  return [
    text,
    ...meanings,
    ...(unit === undefined ? [] : [`Unit: ${unit}.`]),
    ...(since === undefined ? [] : ['Not in Aurora 0.8.']),
    ...(deprecated === undefined ? [] : [`Deprecated. ${deprecated}`]),
  ].join(' ')
}

/** An optional field that is null has no value, and no default either. */
function orNull(schema: JsonObject): JsonObject {
  if (Array.isArray(schema['type'])) return {...schema, type: [...schema['type'], 'null']}
  return {anyOf: [schema, {type: 'null'}]}
}

function typeSchema(type: Type): JsonObject {
  switch (type.kind) {
    case 'struct':
      return {$ref: `#/$defs/${structName(type)}`}
    case 'list':
      return {type: 'array', items: typeSchema(type.element)}
    case 'map':
      return {type: 'object', additionalProperties: typeSchema(type.value)}
    case 'choice':
      return {anyOf: type.alternatives.map(typeSchema)}
    default:
      return scalarSchema(type)
  }
}

/** Scalars take what can be made into them, as the language does. */
function scalarSchema(type: ScalarType | EnumType): JsonObject {
  const textual = (pattern: string): JsonObject => ({type: ['number', 'boolean', 'string'], pattern: `${pattern}|${REFERENCE}`})
  switch (type.kind) {
    case 'string':
      return {type: ['string', 'number', 'boolean']}
    case 'integer':
      return textual(INTEGER)
    case 'float':
      return textual(FLOAT)
    case 'boolean':
      return {...textual(BOOLEAN), type: ['boolean', 'number', 'string']}
    case 'enum':
      return {anyOf: [{enum: [...type.values]}, {type: 'string', pattern: REFERENCE}]}
  }
}
