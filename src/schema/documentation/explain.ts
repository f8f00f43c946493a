import {structName, typeText} from '../type-text.ts'
import type {Field, Plain, StructType, Type} from '../types.ts'
import {documentation, type FieldDocumentation, helpers, references, type StructDocumentation} from './index.ts'
import {pythonField, pythonText} from './python-example.ts'
import {findSubject, structsIn} from './subject.ts'

/** What there is to know of one thing of the configuration language; absent parts do not concern it. */
export interface Explanation {
  readonly path: string
  readonly kind: 'struct' | 'field' | 'helper' | 'reference'
  readonly text: string
  readonly type?: string
  /** How a helper or a reference is written. */
  readonly usage?: string
  readonly required?: boolean
  readonly default?: Plain
  /** The default as Python would say it. */
  readonly defaultText?: string
  readonly unit?: string
  readonly since?: string
  readonly deprecated?: string
  readonly values?: readonly {readonly value: string; readonly text: string}[]
  readonly example?: {readonly value: Plain; readonly python: string}
  /** The struct, those that a value may be, or those that a list has. */
  readonly structs?: readonly ExplainedStruct[]
}

export interface ExplainedStruct {
  readonly name: string
  readonly text: string
  readonly fields: readonly ExplainedField[]
}

export interface ExplainedField extends Omit<Explanation, 'path' | 'kind' | 'usage' | 'example'> {
  readonly name: string
}

export interface ExplainedName {
  readonly name: string
  readonly text: string
  readonly usage?: string
}

/** Everything that can be explained. */
export interface Overview {
  readonly structs: readonly ExplainedName[]
  readonly helpers: readonly ExplainedName[]
  readonly references: readonly ExplainedName[]
}

export interface ExplainOptions {
  /** With the fields of fields, and theirs. */
  readonly recursive?: boolean
}

const documented: Readonly<Record<string, StructDocumentation>> = documentation

/** The structs, helpers and references of the language. */
export function overview(): Overview {
  const named = (table: Readonly<Record<string, {text: string; usage?: string}>>): ExplainedName[] =>
    Object.entries(table).map(([name, {text, usage}]) => ({name: structName({name}), text, ...(usage === undefined ? {} : {usage})}))
  return {structs: named(documentation), helpers: named(helpers), references: named(references)}
}

/** Explains what a path leads to. @throws UserError for what the language does not have. */
export function explain(path: string, options: ExplainOptions = {}): Explanation {
  const subject = findSubject(path)
  if (subject.kind === 'helper') return {kind: subject.kind, path: subject.path, ...helpers[subject.path]}
  if (subject.kind === 'reference') return {kind: subject.kind, path: subject.path, ...references[subject.path]}
  const {struct} = subject
  if (subject.kind === 'struct') {
    const {example, fields: _, ...about} = aboutStruct(struct)
    const structs = [explainStruct(struct, options)]
    return {kind: 'struct', path: subject.path, ...about, example: {value: example, python: pythonText(struct, example)}, structs}
  }
  const {name: _, ...explained} = explainField(struct, subject.field, options)
  const {example} = aboutField(struct, subject.field)
  const structs = structsIn(subject.field.type).map((each) => explainStruct(each, options))
  return {
    kind: 'field',
    path: subject.path,
    ...explained,
    ...(example === undefined
      ? {}
      : {example: {value: {[subject.field.name]: example}, python: pythonField(struct, subject.field.name, example)}}),
    ...(structs.length === 0 ? {} : {structs}),
  }
}

function explainStruct(struct: StructType, options: ExplainOptions): ExplainedStruct {
  const {text} = aboutStruct(struct)
  return {name: structName(struct), text, fields: Array.from(struct.fields.values(), (field) => explainField(struct, field, options))}
}

function explainField(struct: StructType, field: Field, {recursive = false}: ExplainOptions): ExplainedField {
  const {example: _, values: meanings, ...about} = aboutField(struct, field)
  const values = valuesOf(field.type, meanings)
  const structs = recursive ? structsIn(field.type).map((each) => explainStruct(each, {recursive})) : []
  return {
    name: field.name,
    type: typeText(field.type),
    required: field.required,
    ...(field.default === undefined ? {} : {default: field.default, defaultText: defaultText(struct, field.name, field.default)}),
    ...about,
    ...(values.length === 0 ? {} : {values}),
    ...(structs.length === 0 ? {} : {structs}),
  }
}

function defaultText(struct: StructType, name: string, value: Plain): string {
  return pythonField(struct, name, value).slice(`${name} = `.length).replace(/\n */g, '')
}

function valuesOf(type: Type, meanings: FieldDocumentation['values'] = {}): {value: string; text: string}[] {
  const values = type.kind === 'enum' ? type.values : Object.keys(meanings)
  return values.map((value) => ({value, text: meanings[value] ?? ''}))
}

function aboutStruct({name}: StructType): StructDocumentation {
  const about = documented[name]
  if (!about) throw new Error(`${name} is not documented`)
  return about
}

function aboutField(struct: StructType, {name}: Field): FieldDocumentation {
  const about = aboutStruct(struct).fields[name]
  if (!about) throw new Error(`${struct.name}.${name} is not documented`)
  return about
}
