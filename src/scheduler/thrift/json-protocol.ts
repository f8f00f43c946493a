import TJSONProtocol from 'thrift/lib/nodejs/lib/thrift/json_protocol.js'
import type {MessageBuffer} from './message-buffer.ts'

const VERSION = 1
/** Beyond the integers that a double holds. */
const LONG_NUMBER = /\d{16}/
const INTEGER = /^-?\d{1,19}$/

/** JSON.parse hands its reviver the source of a number (ES2026); integers that a double would round become BigInts. */
function parse(text: string): unknown {
  if (!LONG_NUMBER.test(text)) return JSON.parse(text)
  return JSON.parse(text, (_key: string, value: unknown, context?: {source?: string}) => {
    const source = context?.source
    return typeof value === 'number' && !Number.isSafeInteger(value) && source !== undefined && INTEGER.test(source)
      ? BigInt(source)
      : value
  })
}

/**
 * Thrift's JSON protocol (TJSON) with i64 as BigInt. The library's own parser is slow and lets `__proto__` through, which would make
 * its reader loop for ever; its writer leaves control characters as they are.
 */
export class JsonProtocol extends TJSONProtocol {
  readonly #buffer: MessageBuffer

  constructor(buffer: MessageBuffer) {
    super(buffer)
    this.#buffer = buffer
  }

  override writeMessageBegin(name: string, type: number, seqid: number): void {
    super.writeMessageBegin(JSON.stringify(name).slice(1, -1), type, seqid)
  }

  override writeString(value: string): void {
    this.tstack.push(JSON.stringify(value))
  }

  override readMessageBegin() {
    const message = parse(this.#buffer.readString(this.#buffer.remaining))
    if (!Array.isArray(message) || message[0] !== VERSION) throw new TypeError('not a message of TJSON version 1')
    const [, fname, mtype, rseqid, body] = message as unknown[]
    if (typeof fname !== 'string' || typeof mtype !== 'number' || typeof rseqid !== 'number') throw new TypeError('no name, type or number')
    this.rstack = [body]
    this.rpos = []
    return {fname, mtype, rseqid}
  }

  override readStructBegin(): unknown {
    const begin = super.readStructBegin()
    const struct = this.rstack.at(-1)
    // In a text the library's reader would find the first character for ever.
    if (typeof struct !== 'object' || struct === null || Array.isArray(struct)) throw new TypeError(`${describe(struct)} is no struct`)
    return begin
  }

  override readMapBegin() {
    const map = this.#container(4)
    checkSize(map[2], Object.keys(Object(map[3])).length)
    return super.readMapBegin()
  }

  override readListBegin() {
    const list = this.#container(2)
    checkSize(list[1], list.length - 2)
    return super.readListBegin()
  }

  override readI32(): number {
    const value = this.readValue()
    if (typeof value !== 'number' || (value | 0) !== value) throw new TypeError(`${describe(value)} is no i32`)
    return value
  }

  override readI64(): bigint {
    const value = this.readValue()
    if (typeof value !== 'bigint' && !Number.isSafeInteger(value)) throw new TypeError(`${describe(value)} is no i64`)
    const number = BigInt(value as bigint | number)
    if (BigInt.asIntN(64, number) !== number) throw new TypeError(`${describe(value)} is no i64`)
    return number
  }

  override readDouble(): number {
    const value = this.readValue()
    if (typeof value === 'number' || typeof value === 'bigint' || value === 'NaN' || value === 'Infinity' || value === '-Infinity')
      return Number(value)
    throw new TypeError(`${describe(value)} is no double`)
  }

  override readString(): string {
    const value = this.readValue()
    if (typeof value !== 'string') throw new TypeError(`${describe(value)} is no string`)
    return value
  }

  /** A field's value is on the stack until readFieldEnd takes it away: nothing to walk through. */
  override skip(): void {}

  #container(minimum: number): unknown[] {
    const top = this.rstack.at(-1)
    if (!Array.isArray(top) || top.length < minimum) throw new TypeError(`${describe(top)} is no container`)
    return top
  }
}

function checkSize(declared: unknown, present: number): void {
  if (declared !== present) throw new RangeError(`${describe(declared)} elements declared, ${present} present`)
}

function describe(value: unknown): string {
  return typeof value === 'bigint' ? `${value}` : (JSON.stringify(value)?.slice(0, 40) ?? 'nothing')
}
