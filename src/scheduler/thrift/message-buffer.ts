const INITIAL_SIZE = 1024

/**
 * The bytes of one message, as the transport of the library's protocols. In place of its TBufferedTransport: that one reads and
 * writes through `new Buffer()`, which warns once it is bundled, and copies every number.
 */
export class MessageBuffer {
  #bytes: Buffer
  #at = 0

  /** Without bytes it is for writing. */
  constructor(bytes: Uint8Array = Buffer.allocUnsafe(INITIAL_SIZE)) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  /** What has not been read yet. */
  get remaining(): number {
    return this.#bytes.length - this.#at
  }

  /** What has been written. */
  get written(): Buffer {
    return this.#bytes.subarray(0, this.#at)
  }

  readByte(): number {
    return this.#bytes.readInt8(this.#take(1))
  }

  readI16(): number {
    return this.#bytes.readInt16BE(this.#take(2))
  }

  readI32(): number {
    return this.#bytes.readInt32BE(this.#take(4))
  }

  readI64(): bigint {
    return this.#bytes.readBigInt64BE(this.#take(8))
  }

  readDouble(): number {
    return this.#bytes.readDoubleBE(this.#take(8))
  }

  readString(length: number): string {
    const start = this.#take(length)
    return this.#bytes.toString('utf8', start, this.#at)
  }

  read(length: number): Buffer {
    const start = this.#take(length)
    return this.#bytes.subarray(start, this.#at)
  }

  writeByte(value: number): void {
    this.#reserve(1)
    this.#bytes[this.#at++] = value
  }

  writeI16(value: number): void {
    this.#reserve(2)
    this.#at = this.#bytes.writeInt16BE(value, this.#at)
  }

  writeI32(value: number): void {
    this.#reserve(4)
    this.#at = this.#bytes.writeInt32BE(value, this.#at)
  }

  writeI64(value: bigint): void {
    this.#reserve(8)
    this.#at = this.#bytes.writeBigInt64BE(value, this.#at)
  }

  writeDouble(value: number): void {
    this.#reserve(8)
    this.#at = this.#bytes.writeDoubleBE(value, this.#at)
  }

  /** The text alone. */
  write(text: string): void {
    this.#reserve(Buffer.byteLength(text))
    this.#at += this.#bytes.write(text, this.#at)
  }

  /** The library's protocols tell their transport; one message needs no memory of it. */
  setCurrSeqId(): void {}

  flush(): void {}

  #take(size: number): number {
    const start = this.#at
    if (size < 0 || size > this.remaining) throw new RangeError(`${size} bytes wanted at ${start}, ${this.remaining} left`)
    this.#at += size
    return start
  }

  #reserve(size: number): void {
    if (size <= this.remaining) return
    const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#at + size))
    this.#bytes.copy(larger, 0, 0, this.#at)
    this.#bytes = larger
  }
}
