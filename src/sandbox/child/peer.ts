import type {Socket} from 'node:net'
import type {Json} from '../../model/json.ts'
import {encodeFrame, FrameReader, MAX_MESSAGE_BYTES} from './frame.ts'
import {ProtocolError, RequestFailed} from './message.ts'
import type {Message} from './message.ts'

export interface PeerOptions {
  socket: Socket
  /** Answers a request of the other side. What it throws becomes a RequestFailed there, with the message alone. */
  onRequest: (body: Json) => Promise<Json> | Json
  onProtocolError: (error: ProtocolError) => void
  maxMessageBytes?: number
}

interface Waiting {
  resolve: (body: Json) => void
  reject: (error: Error) => void
}

/** One end of the connection between the command and a sandbox child, on an event loop. */
export class Peer {
  readonly #options: PeerOptions
  readonly #maxBytes: number
  readonly #waiting = new Map<number, Waiting>()
  #lastId = 0

  constructor(options: PeerOptions) {
    this.#options = options
    this.#maxBytes = options.maxMessageBytes ?? MAX_MESSAGE_BYTES
    const reader = new FrameReader(this.#maxBytes)
    options.socket.on('data', (chunk: Buffer) => {
      try {
        for (const message of reader.push(chunk)) this.#receive(message)
      } catch (error) {
        options.socket.pause()
        options.onProtocolError(error instanceof ProtocolError ? error : new ProtocolError(String(error)))
      }
    })
    // A peer that is gone is noticed by its end or its exit; a write that comes too late is not news.
    options.socket.on('error', () => {})
  }

  async request(body: Json): Promise<Json> {
    const id = ++this.#lastId
    const frame = encodeFrame({kind: 'request', id, body}, this.#maxBytes)
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, {resolve, reject})
      this.#options.socket.write(frame)
    })
  }

  /** Fails every request that has no answer yet. */
  abandon(error: Error): void {
    const waiting = [...this.#waiting.values()]
    this.#waiting.clear()
    for (const {reject} of waiting) reject(error)
  }

  #receive(message: Message): void {
    if (message.kind === 'request') {
      void this.#answer(message.id, message.body)
      return
    }
    const waiting = this.#waiting.get(message.id)
    if (!waiting) throw new ProtocolError('an answer has no request')
    this.#waiting.delete(message.id)
    if (message.kind === 'reply') waiting.resolve(message.body)
    else waiting.reject(new RequestFailed(message.reason))
  }

  async #answer(id: number, body: Json): Promise<void> {
    let frame: Buffer
    try {
      frame = encodeFrame({kind: 'reply', id, body: await this.#options.onRequest(body)}, this.#maxBytes)
    } catch (error) {
      frame = encodeFrame({kind: 'failure', id, reason: error instanceof Error ? error.message : String(error)}, this.#maxBytes)
    }
    if (this.#options.socket.writable) this.#options.socket.write(frame)
  }
}
