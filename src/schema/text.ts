import {rawText} from './raw.ts'
import {type StructValue, type Value, isValue} from './values.ts'

/** An interpolated value as text, which is Pystachio's `str()`. */
export function textOf(value: Value): string {
  if ('raw' in value) return rawText(value.raw)
  if ('items' in value) return `${value.type.name}(${value.items.map(textOf).join(', ')})`
  if ('entries' in value) {
    return `${value.type.name}(${value.entries.map(([key, item]) => `${textOf(key)} => ${textOf(item)}`).join(', ')})`
  }
  if ('held' in value) return isValue(value.held) ? textOf(value.held) : ''
  return textOfStruct(value)
}

function textOfStruct(value: StructValue): string {
  const indent = ' '.repeat(value.type.name.length + 1)
  const fields = Array.from(value.fields, ([name, field]) => `${name}=${textOf(field)}`)
  return `${value.type.name}(${fields.join(`,\n${indent}`)})`
}
