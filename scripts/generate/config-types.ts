import {builtInTypes} from '../../src/schema/definitions/index.ts'
import {type FieldDocumentation, documentation} from '../../src/schema/documentation/index.ts'
import type {Field, Plain, StructType, Type} from '../../src/schema/types.ts'

const WIDTH = 130

/** The structs of the language as TypeScript interfaces, with their documentation: what editors complete in `hello.aurora.ts`. */
export function configTypes(): string {
  const structs = Array.from(builtInTypes.values()).filter((type) => type.kind === 'struct')
  return `/** Made by \`npm run generate\` from the definitions and the documentation of the language. */

/** A text with a reference, in the place of a value of another type: \`{{instances}}\`. */
export type Reference = \`\${string}{{\${string}\`
export type Numeric = number | bigint | Reference
export type Truth = boolean | Reference
${structs.map(interfaceOf).join('\n')}`
}

function interfaceOf(type: StructType): string {
  const {text, fields} = documented(type.name)
  const lines = Array.from(type.fields.values(), (field) => {
    const optional = field.required ? '' : '?'
    const unset = field.required ? '' : ' | null'
    return `${comment('  ', fieldText(field, fields[field.name]))}  ${field.name}${optional}: ${typeText(field.type)}${unset}\n`
  })
  return `${comment('', [text])}export interface ${type.name} {\n${lines.join('')}}\n`
}

function documented(name: string): {text: string; fields: Readonly<Record<string, FieldDocumentation | undefined>>} {
  const found = (
    documentation as Readonly<Record<string, {text: string; fields: Readonly<Record<string, FieldDocumentation>>} | undefined>>
  )[name]
  if (!found) throw new Error(`${name} is not documented`)
  return found
}

function fieldText(field: Field, about: FieldDocumentation | undefined): string[] {
  if (!about) throw new Error(`${field.name} is not documented`)
  const unit = about.unit === undefined ? [] : [`In ${about.unit}.`]
  const usual = field.default === undefined || isEmpty(field.default) ? [] : [`@default ${JSON.stringify(field.default)}`]
  const values = Object.entries(about.values ?? {}).map(([value, meaning]) => `- \`${value}\`: ${meaning}`)
  const deprecated = about.deprecated === undefined ? [] : [`@deprecated ${about.deprecated}`]
  return [[about.text, ...unit].join(' '), ...values, ...usual, ...deprecated]
}

function isEmpty(value: Plain): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0
}

function comment(indent: string, paragraphs: readonly string[]): string {
  const lines = paragraphs.flatMap((paragraph) => wrapped(paragraph.replaceAll('*/', '*\\/'), WIDTH - indent.length))
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}\n`).join('')}${indent} */\n`
}

function wrapped(text: string, width: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + word.length < width) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

function typeText(type: Type): string {
  switch (type.kind) {
    case 'string':
      return 'string'
    case 'boolean':
      return 'Truth'
    case 'enum':
      return [...type.values.map((value) => `'${value}'`), 'Reference'].join(' | ')
    case 'list':
      return `readonly ${type.element.kind === 'struct' || type.element.kind === 'string' ? typeText(type.element) : `(${typeText(type.element)})`}[]`
    case 'map':
      return `Readonly<Record<string, ${typeText(type.value)}>>`
    case 'choice':
      return type.alternatives.map(typeText).join(' | ')
    case 'struct':
      return type.name
    default:
      return 'Numeric'
  }
}
