import type {Json, JsonObject} from '../../model/json.ts'
import {matches} from '../condition.ts'

/** An answer that a case gives, for what it is given. */
interface Given {
  pattern: string
  answer: JsonObject
  used: boolean
}

/** The answers that a case gives for one power: the first that fits and was not given yet, or else the last that fits. */
export class Answers {
  readonly #what: string
  readonly #given: readonly Given[]

  /** `field` is where an answer says what it is for. @throws Error when one does not */
  constructor(power: string, field: string, list: Json | undefined) {
    this.#what = power
    if (list !== undefined && !Array.isArray(list)) throw new Error(`'powers.${power}' is a list of answers`)
    this.#given = (list ?? []).map((answer) => {
      const pattern = isObject(answer) ? answer[field] : undefined
      if (!isObject(answer) || typeof pattern !== 'string') throw new Error(`each of 'powers.${power}' is an object with '${field}'`)
      return {pattern, answer, used: false}
    })
  }

  /** @throws Error that the hook sees: as the case says, or because it says nothing */
  for(asked: string): JsonObject {
    const fitting = this.#given.filter(({pattern}) => matches(pattern, asked))
    const given = fitting.find(({used}) => !used) ?? fitting.at(-1)
    if (!given) throw new Error(`the case has no answer for ${this.#what} ${asked}`)
    given.used = true
    const {error} = given.answer as Partial<JsonObject>
    if (typeof error === 'string') throw new Error(error)
    return given.answer
  }
}

/** Values in their order; the last stays. */
export function inOrder<Value>(values: readonly Value[]): () => Value | undefined {
  let next = 0
  return () => values[Math.min(next++, values.length - 1)]
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
