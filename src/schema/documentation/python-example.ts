import {construct, hold} from '../construct.ts'
import {resolveChoice} from '../evaluate.ts'
import {floatText, stringRepr} from '../python-text.ts'
import {structName} from '../type-text.ts'
import type {ChoiceType, Plain, StructType, Type} from '../types.ts'
import type {ChoiceValue} from '../values.ts'
import {documentation, type StructDocumentation} from './index.ts'

const WIDTH = 72
const UNITS = [
  ['TB', 1024 ** 4],
  ['GB', 1024 ** 3],
  ['MB', 1024 ** 2],
  ['KB', 1024],
] as const

/** A plain value of a type as a Python file would say it. */
export function pythonText(type: Type, value: Plain, label = ''): string {
  return label + write(type, value, 0, label.length)
}

/** A field of a struct as it is given to its constructor: `ram = 128*MB`. */
export function pythonField(struct: StructType, name: string, value: Plain): string {
  const {label, type, value: shown} = namedPart(struct, name, value)
  return pythonText(type, shown, label)
}

interface Part {
  readonly label: string
  readonly type: Type
  readonly value: Plain
}

/** `column` is how much of the line is taken already; without one, all goes on one line. */
function write(type: Type, value: Plain, indent: number, column: number | undefined): string {
  if (type.kind === 'choice') return write(alternativeOf(type, value), value, indent, column)
  const [open, parts, close] = partsOf(type, value)
  if (!parts) return open
  const inline = open + parts.map((part) => part.label + write(part.type, part.value, 0, undefined)).join(', ') + close
  if (column === undefined || column + inline.length <= WIDTH) return inline
  const inner = indent + 2
  const lines = parts.map((part) => `${' '.repeat(inner)}${part.label}${write(part.type, part.value, inner, inner + part.label.length)},\n`)
  return `${open}\n${lines.join('')}${' '.repeat(indent)}${close}`
}

function partsOf(type: Type, value: Plain): [open: string, parts?: Part[], close?: string] {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const entries = Object.entries(value)
    if (type.kind === 'struct') return [`${structName(type)}(`, entries.map(([name, item]) => namedPart(type, name, item)), ')']
    if (type.kind === 'map')
      return ['{', entries.map(([key, item]) => ({label: `${stringRepr(key)}: `, type: type.value, value: item})), '}']
  }
  if (Array.isArray(value) && type.kind === 'list')
    return ['[', value.map((item: Plain) => ({label: '', type: type.element, value: item})), ']']
  if (typeof value === 'boolean') return [value ? 'True' : 'False']
  if (typeof value === 'number' && type.kind === 'float') return [floatText(value)]
  return [typeof value === 'string' && !isQuantity(type, value) ? stringRepr(value) : String(value)]
}

function namedPart(struct: StructType, name: string, value: Plain): Part {
  const type = struct.fields.get(name)?.type
  const about = (documentation as Readonly<Record<string, StructDocumentation>>)[struct.name]?.fields[name]
  if (!type) throw new Error(`${struct.name} has no ${name}`)
  return {label: `${name} = `, type, value: about?.unit === 'bytes' && typeof value === 'number' ? bytesText(value) : value}
}

/** An amount of bytes comes as the expression that a file would have. */
function isQuantity(type: Type, value: string): boolean {
  return type.kind === 'integer' && /^\d+\*[KMGT]B$/.test(value)
}

function bytesText(bytes: number): Plain {
  const unit = UNITS.find(([, size]) => bytes > 0 && bytes % size === 0)
  return unit ? `${bytes / unit[1]}*${unit[0]}` : bytes
}

function alternativeOf(type: ChoiceType, value: Plain): Type {
  return resolveChoice(construct(type, hold(value)) as ChoiceValue, undefined).type
}
