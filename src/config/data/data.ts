import type {Json} from '../../model/json.ts'

/** A part of a file of data, with its line if it has one. Scalars are as records write them: what is no text, boolean or number that JSON has is marked. */
export type Data = {readonly line: number | undefined} & DataValue
type DataValue = {readonly scalar: Json} | {readonly items: readonly Data[]} | {readonly entries: readonly Entry[]}

export interface Entry {
  readonly name: string
  readonly line: number | undefined
  readonly value: Data
}

export const NONE: Json = {o: 'None'}

/** Plain data. @throws TypeError for what is none */
export function dataOf(plain: unknown): Data {
  const line = undefined
  if (plain === null || plain === undefined) return {line, scalar: NONE}
  if (typeof plain === 'string' || typeof plain === 'boolean') return {line, scalar: plain}
  if (typeof plain === 'number')
    return {line, scalar: Number.isInteger(plain) ? spelledNumber(BigInt(plain).toString()) : spelledNumber(String(plain))}
  if (Array.isArray(plain)) return {line, items: plain.map(dataOf)}
  if (typeof plain !== 'object') throw new TypeError(`a ${typeof plain} is no data`)
  return {line, entries: Object.entries(plain).map(([name, value]) => ({name, line, value: dataOf(value)}))}
}

/** A number as it was spelled: 2.0 is a float, and large integers are exact. */
export function spelledNumber(spelling: string): Json {
  if (/^[+-]?\d+$/.test(spelling)) return Number.isSafeInteger(Number(spelling)) ? Number(spelling) : {i: spelling.replace('+', '')}
  const value = Number(spelling)
  if (Number.isInteger(value)) return {f: `${value}`}
  return Number.isFinite(value) ? value : {f: spelling.startsWith('-') ? '-inf' : 'inf'}
}
