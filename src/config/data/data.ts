import type {Json} from '../../model/json.ts'

/** A part of a file of data, with its line. Scalars are as records write them: what is no text, boolean or number that JSON has is marked. */
export type Data = {readonly line: number} & DataValue
export type DataValue = {readonly scalar: Json} | {readonly items: readonly Data[]} | {readonly entries: readonly Entry[]}

export interface Entry {
  readonly name: string
  readonly line: number
  readonly value: Data
}

export const NONE: Json = {o: 'None'}

/** A number as it was spelled: 2.0 is a float, and large integers are exact. */
export function spelledNumber(spelling: string): Json {
  if (/^[+-]?\d+$/.test(spelling)) return Number.isSafeInteger(Number(spelling)) ? Number(spelling) : {i: spelling.replace('+', '')}
  const value = Number(spelling)
  if (Number.isInteger(value)) return {f: `${value}`}
  return Number.isFinite(value) ? value : {f: spelling.startsWith('-') ? '-inf' : 'inf'}
}
