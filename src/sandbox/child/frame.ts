import {parseMessage, ProtocolError} from './message.ts'
import type {Message} from './message.ts'

/** The most bytes of one message, unless the caller says otherwise. */
export const MAX_MESSAGE_BYTES = 32 << 20
export const HEADER_BYTES = 4

/** A message on the wire: its length in four bytes, then its JSON. */
export function encodeFrame(message: Message, most = MAX_MESSAGE_BYTES): Buffer {
  const text = JSON.stringify(message)
  const length = Buffer.byteLength(text)
  if (length > most) throw new ProtocolError(`a message of ${length} bytes is larger than the limit of ${most}`)
  const frame = Buffer.allocUnsafe(HEADER_BYTES + length)
  frame.writeUInt32BE(length)
  frame.write(text, HEADER_BYTES)
  return frame
}

/** The length of the message behind a header. */
export function frameLength(header: Buffer, most = MAX_MESSAGE_BYTES): number {
  const length = header.readUInt32BE()
  if (length > most) throw new ProtocolError(`a message of ${length} bytes is larger than the limit of ${most}`)
  return length
}

/** Cuts a stream of bytes into messages. */
export class FrameReader {
  readonly #most: number
  #chunks: Buffer[] = []
  #size = 0

  constructor(most = MAX_MESSAGE_BYTES) {
    this.#most = most
  }

  /** The messages that `chunk` completes. */
  *push(chunk: Buffer): Generator<Message> {
    this.#chunks.push(chunk)
    this.#size += chunk.length
    while (this.#size >= HEADER_BYTES) {
      const end = HEADER_BYTES + frameLength(this.#peek(HEADER_BYTES), this.#most)
      if (this.#size < end) return
      const bytes = this.#peek(this.#size)
      this.#chunks = [bytes.subarray(end)]
      this.#size -= end
      yield parseMessage(bytes.toString('utf8', HEADER_BYTES, end))
    }
  }

  /** The buffered bytes, the first `count` of them at least; joined only when they lie in several chunks. */
  #peek(count: number): Buffer {
    const [first] = this.#chunks
    if (first && first.length >= count) return first
    const joined = Buffer.concat(this.#chunks)
    this.#chunks = [joined]
    return joined
  }
}
