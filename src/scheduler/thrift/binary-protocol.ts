import TBinaryProtocol from 'thrift/lib/nodejs/lib/thrift/binary_protocol.js'
import type {MessageBuffer} from './message-buffer.ts'

/** Thrift's binary protocol with i64 as BigInt, and with sizes checked before anything is made of them. */
export class BinaryProtocol extends TBinaryProtocol {
  readonly #buffer: MessageBuffer

  constructor(buffer: MessageBuffer) {
    super(buffer, true, true)
    this.#buffer = buffer
  }

  override writeByte(value: number): void {
    this.#buffer.writeByte(value)
  }

  override writeI16(value: number): void {
    this.#buffer.writeI16(value)
  }

  override writeI32(value: number): void {
    this.#buffer.writeI32(value)
  }

  override writeI64(value: bigint): void {
    this.#buffer.writeI64(value)
  }

  override writeDouble(value: number): void {
    this.#buffer.writeDouble(value)
  }

  override writeString(value: string): void {
    this.#buffer.writeI32(Buffer.byteLength(value))
    this.#buffer.write(value)
  }

  override readI64(): bigint {
    return this.#buffer.readI64()
  }

  override readBinary(): Uint8Array {
    return this.#buffer.read(this.#buffer.readI32())
  }

  override readUuid(): unknown {
    return this.#buffer.read(16)
  }

  override readMapBegin() {
    const begin = super.readMapBegin()
    this.#check(begin.size * 2)
    return begin
  }

  override readListBegin() {
    const begin = super.readListBegin()
    this.#check(begin.size)
    return begin
  }

  override readSetBegin() {
    return this.readListBegin()
  }

  /** Whatever an element is, it takes at least one byte. */
  #check(elements: number): void {
    if (elements < 0 || elements > this.#buffer.remaining)
      throw new RangeError(`${elements} elements declared, ${this.#buffer.remaining} bytes left`)
  }
}
