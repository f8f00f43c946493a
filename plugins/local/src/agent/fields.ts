/** Reads fields of untrusted JSON with the coercions of the configuration language (reference/config-dsl.md §2.1). */

export type Fields = Readonly<Record<string, unknown>>

/** A value that does not have the type that its field wants; the message ends up in `Got invalid task: …`. */
export class BadField extends Error {}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function field(fields: Fields, name: string): unknown {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined
  return value === null ? undefined : value
}

function refuse(name: string, value: unknown, type: string): never {
  throw new BadField(`${name}: Cannot coerce '${JSON.stringify(value).slice(0, 100)}' to ${type}`)
}

export function structField(fields: Fields, name: string): Fields | undefined {
  const value = field(fields, name)
  return value === undefined || isFields(value) ? value : refuse(name, value, 'Struct')
}

export function listField(fields: Fields, name: string): readonly unknown[] {
  const value = field(fields, name) ?? []
  return Array.isArray(value) ? value : refuse(name, value, 'List')
}

export function stringField(fields: Fields, name: string, fallback?: string): string {
  const value = field(fields, name)
  if (typeof value === 'string') return value
  if (typeof value === 'number') return String(value)
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (value === undefined) return fallback ?? required(name)
  return refuse(name, value, 'String')
}

export function integerField(fields: Fields, name: string, fallback: number): number {
  const value = field(fields, name)
  if (value === undefined) return fallback
  if (typeof value === 'boolean') return Number(value)
  const number = typeof value === 'string' && /^\s*[-+]?\d+\s*$/.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? Math.trunc(number) : refuse(name, value, 'Integer')
}

export function numberField(fields: Fields, name: string, fallback: number): number {
  const value = field(fields, name)
  if (value === undefined) return fallback
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : refuse(name, value, 'Float')
}

export function booleanField(fields: Fields, name: string): boolean {
  const value = field(fields, name) ?? false
  if (typeof value === 'boolean') return value
  if (typeof value === 'number') return value !== 0
  if (typeof value === 'string' && /^(true|false|1|0)$/i.test(value)) return /^(true|1)$/i.test(value)
  return refuse(name, value, 'Boolean')
}

function required(name: string): never {
  throw new BadField(`${name} is required.`)
}
