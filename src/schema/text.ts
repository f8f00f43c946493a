import {rawText} from './raw.ts'
import {SchemaError} from './schema-error.ts'
import {type StructValue, type Value, isValue} from './values.ts'

/** More are parts that are shared many times over. */
const MAX_PARTS = 1_000_000

/** An interpolated value as text, which is Pystachio's `str()`. @throws SchemaError for more parts than a text can be made of */
export function textOf(value: Value): string {
  let left = MAX_PARTS
  return text(value)

  function text(part: Value): string {
    if (--left < 0) throw new SchemaError('Uninterpolatable', `Unable to interpolate ${value.type.name}: it grows beyond all bounds.`)
    if ('raw' in part) return rawText(part.raw)
    if ('items' in part) return `${part.type.name}(${part.items.map(text).join(', ')})`
    if ('entries' in part) return `${part.type.name}(${part.entries.map(([key, item]) => `${text(key)} => ${text(item)}`).join(', ')})`
    if ('held' in part) return isValue(part.held) ? text(part.held) : ''
    return textOfStruct(part)
  }

  function textOfStruct({type, fields}: StructValue): string {
    const indent = ' '.repeat(type.name.length + 1)
    return `${type.name}(${Array.from(fields, ([name, field]) => `${name}=${text(field)}`).join(`,\n${indent}`)})`
  }
}
