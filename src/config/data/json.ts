import type {JSONVisitor} from 'jsonc-parser'
import type {Json} from '../../model/json.ts'
import {type Data, type Entry, NONE, spelledNumber} from './data.ts'

/** A file that is no JSON. */
export class JsonError extends Error {
  readonly line: number | undefined
  constructor(message: string, line: number | undefined) {
    super(message)
    this.line = line
  }
}

/** JSON with the line of each part. @throws JsonError, as JSON.parse words it */
export async function parseJson(text: string): Promise<Data> {
  const plain = text.replace(/^\uFEFF/, '')
  const {visit} = await import('jsonc-parser')
  try {
    JSON.parse(plain)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    let wrong: number | undefined
    visit(plain, {onError: (_code, _offset, _length, line) => (wrong ??= line + 1)}, {disallowComments: true})
    throw new JsonError(error.message, wrong)
  }
  const builder = new Builder(plain)
  visit(plain, builder.visitor, {disallowComments: true})
  return builder.whole()
}

/** Puts the parts together as the parser comes by them. */
class Builder {
  readonly #text: string
  readonly #top: Data[] = []
  /** What takes the next part: the whole, or the innermost object or list. */
  readonly #open: ((value: Data) => void)[] = [(value) => void this.#top.push(value)]
  #name: {name: string; line: number} = {name: '', line: 1}

  readonly visitor: JSONVisitor = {
    onObjectBegin: (_offset, _length, line) => {
      const entries: Entry[] = []
      this.#begin({line: line + 1, entries}, (value) => entries.push({...this.#name, value}))
    },
    onArrayBegin: (_offset, _length, line) => {
      const items: Data[] = []
      this.#begin({line: line + 1, items}, (value) => items.push(value))
    },
    onObjectEnd: () => void this.#open.pop(),
    onArrayEnd: () => void this.#open.pop(),
    onObjectProperty: (name, _offset, _length, line) => {
      this.#name = {name, line: line + 1}
    },
    onLiteralValue: (value: unknown, offset, length, line) => this.#add({line: line + 1, scalar: this.#scalar(value, offset, length)}),
  }

  constructor(text: string) {
    this.#text = text
  }

  whole(): Data {
    return this.#top[0] ?? {line: 1, scalar: NONE}
  }

  #begin(value: Data, add: (value: Data) => void): void {
    this.#add(value)
    this.#open.push(add)
  }

  #add(value: Data): void {
    this.#open.at(-1)?.(value)
  }

  #scalar(value: unknown, offset: number, length: number): Json {
    if (typeof value === 'number') return spelledNumber(this.#text.slice(offset, offset + length))
    return typeof value === 'string' || typeof value === 'boolean' ? value : NONE
  }
}
