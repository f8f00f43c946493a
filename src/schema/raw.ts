import {floatText, stringRepr} from './python-text.ts'

/**
 * A float whose text tells that it is one: 2.0, inf, nan. Floats with a fraction are plain numbers; a plain number without one is an integer.
 * So a value keeps its Python type on the way through JSON and back.
 */
export class PyFloat {
  readonly value: number
  constructor(value: number) {
    this.value = value
  }
}

/** A float that comes from a division of whole numbers, which Python 2 would have rounded down on the way. */
export class Quotient extends PyFloat {}

/** Something that no field takes (None, a dict where text belongs …), kept to say what it was. */
export class Opaque {
  readonly repr: string
  constructor(repr: string) {
    this.repr = repr
  }
}

/** A scalar as it was given. A number is an integer if it has no fraction. */
export type Raw = string | boolean | number | bigint | PyFloat | Opaque

export const NONE = new Opaque('None')

/** A float, in the form that keeps its type. */
export function float(value: number): number | PyFloat {
  return Number.isInteger(value) || !Number.isFinite(value) ? new PyFloat(value) : value
}

/** An integer: a number where it is exact, else a bigint. */
export function integer(value: bigint): number | bigint {
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value
}

/** What Python's `str()` gives. */
export function rawText(raw: Raw): string {
  if (typeof raw === 'string') return raw
  if (typeof raw === 'boolean') return raw ? 'True' : 'False'
  if (raw instanceof PyFloat) return floatText(raw.value)
  if (raw instanceof Opaque) return raw.repr
  return typeof raw === 'number' && !Number.isInteger(raw) ? floatText(raw) : String(raw)
}

/** What Python's `repr()` gives. */
export function rawRepr(raw: Raw): string {
  return typeof raw === 'string' ? stringRepr(raw) : rawText(raw)
}
