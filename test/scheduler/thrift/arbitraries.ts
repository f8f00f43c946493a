import * as fc from 'fast-check'
import {ENUMS, STRUCTS, UNIONS} from '../../../src/model/gen/tables.ts'
import type {EnumName, StructName} from '../../../src/model/gen/types.ts'
import {type Field, structFields} from '../../../src/scheduler/thrift/fields.ts'

/** Values of every struct of the API, made from the same tables as the codec. */
export function structOf(name: StructName): fc.Arbitrary<Record<string, unknown>> {
  const fields = structFields(name)
  if (UNIONS.includes(name)) return fc.oneof(...fields.map((field) => fieldValue(field).map((value) => ({[field.name]: value}))))
  const required = fields.filter((field) => !field.optional).map((field) => field.name)
  return fc.record(Object.fromEntries(fields.map((field) => [field.name, fieldValue(field)])), {requiredKeys: required})
}

const text = fc.string({unit: 'binary', maxLength: 20})

export function fieldValue({type}: Field): fc.Arbitrary<unknown> {
  const [, container, inner] = /^(list|set|map)<(.+)>$/.exec(type) ?? []
  if (inner) {
    const element = fieldValue({id: 0, name: '', type: inner, optional: false})
    if (container !== 'map') return fc.array(element, {maxLength: 3})
    return fc
      .array(fc.tuple(fc.oneof(text, fc.constantFrom('__proto__', 'constructor', '31', '')), element), {maxLength: 3})
      .map((entries) => Object.fromEntries(entries))
  }
  if (Object.hasOwn(STRUCTS, type)) return structOf(type as StructName)
  if (Object.hasOwn(ENUMS, type))
    return fc.oneof(
      {weight: 9, arbitrary: fc.constantFrom(...Object.keys(ENUMS[type as EnumName]))},
      {weight: 1, arbitrary: fc.constant('UNKNOWN_77')},
    )
  switch (type) {
    case 'bool':
      return fc.boolean()
    case 'i32':
      return fc.integer()
    case 'i64':
      return fc.bigInt({min: -(2n ** 63n), max: 2n ** 63n - 1n})
    case 'double':
      // JSON does not tell -0 from 0.
      return fc.double({noNaN: true, noDefaultInfinity: true}).map((value) => value + 0)
    case 'string':
      return text
    default:
      throw new Error(type)
  }
}
