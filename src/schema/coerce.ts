import {type Raw, Opaque, PyFloat, float, integer, rawText} from './raw.ts'
import {SchemaError} from './schema-error.ts'
import type {EnumType, ScalarType} from './types.ts'

const INTEGER = /^\s*([+-]?)(\d+(?:_\d+)*)\s*$/
const FLOAT = /^\s*[+-]?(?:\d+(?:_\d+)*(?:\.(?:\d+(?:_\d+)*)?)?|\.\d+(?:_\d+)*)(?:e[+-]?\d+)?\s*$/i
const SPECIAL = /^\s*([+-]?)(nan|inf|infinity)\s*$/i

/**
 * The scalar that a given one is in a type (reference/config-dsl.md §2.1).
 * @throws SchemaError `Cannot coerce 'abc' to Integer`
 */
export function coerce(type: ScalarType | EnumType, raw: Raw): Raw {
  const result = raw instanceof Opaque ? undefined : coerced(type, raw)
  if (result !== undefined) return result
  const text = rawText(raw)
  const detail = type.kind === 'enum' ? `: ${text} is not one of ${type.values.join(', ')}` : ''
  throw new SchemaError('CoercionError', `Cannot coerce '${text}' to ${type.name}${detail}`)
}

function coerced(type: ScalarType | EnumType, raw: Exclude<Raw, Opaque>): Raw | undefined {
  switch (type.kind) {
    case 'string':
      return rawText(raw)
    case 'integer':
      return toInteger(raw)
    case 'float':
      return toFloat(raw)
    case 'boolean':
      return toBoolean(raw)
    case 'enum':
      return typeof raw === 'string' && type.values.includes(raw) ? raw : undefined
  }
}

function toInteger(raw: Exclude<Raw, Opaque>): Raw | undefined {
  if (typeof raw === 'bigint') return raw
  if (typeof raw === 'boolean') return Number(raw)
  if (typeof raw === 'string') {
    const match = INTEGER.exec(raw)
    if (!match) return undefined
    const digits = BigInt((match[2] ?? '').replaceAll('_', ''))
    return integer(match[1] === '-' ? -digits : digits)
  }
  const number = raw instanceof PyFloat ? raw.value : raw
  if (!Number.isFinite(number)) return undefined
  const whole = Math.trunc(number)
  return Number.isSafeInteger(whole) ? whole + 0 : BigInt(whole)
}

function toFloat(raw: Exclude<Raw, Opaque>): Raw | undefined {
  if (raw instanceof PyFloat) return raw
  if (typeof raw !== 'string') return float(Number(raw))
  const special = SPECIAL.exec(raw)
  if (special) return float((special[1] === '-' ? -1 : 1) * (special[2]?.toLowerCase() === 'nan' ? Number.NaN : Infinity))
  return FLOAT.test(raw) ? float(Number(raw.replaceAll('_', ''))) : undefined
}

function toBoolean(raw: Exclude<Raw, Opaque>): Raw | undefined {
  if (typeof raw === 'boolean') return raw
  if (raw instanceof PyFloat) return raw.value !== 0
  if (typeof raw !== 'string') return Boolean(raw)
  const text = raw.toLowerCase()
  if (text === 'true' || text === '1') return true
  return text === 'false' || text === '0' ? false : undefined
}
