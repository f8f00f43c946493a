import {readSync, writeSync} from 'node:fs'
import type {Json} from '../../model/json.ts'
import {encodeFrame, frameLength, HEADER_BYTES, MAX_MESSAGE_BYTES} from './frame.ts'
import {PARENT_FD} from './launch.ts'
import {parseMessage, ProtocolError, RequestFailed} from './message.ts'
import type {Message} from './message.ts'

type Request = Extract<Message, {kind: 'request'}>

/** A child's way to the command that started it, for a child that blocks: `request` returns when the parent has answered. */
export class SyncParent {
  readonly #maxBytes: number
  /** Requests that came while an answer was awaited. */
  readonly #early: Request[] = []
  #lastId = 0

  constructor(options: {maxMessageBytes?: number} = {}) {
    this.#maxBytes = options.maxMessageBytes ?? MAX_MESSAGE_BYTES
  }

  /** Answers the requests of the parent, one after the other, until the parent goes, which ends this process. */
  serve(onRequest: (body: Json) => Json): never {
    for (;;) {
      const {id, body} = this.#early.shift() ?? this.#nextRequest()
      this.#send(this.#answer(id, () => onRequest(body)))
    }
  }

  /** Asks the parent; throws RequestFailed when its handler did. */
  request(body: Json): Json {
    const id = ++this.#lastId
    writeAll(encodeFrame({kind: 'request', id, body}, this.#maxBytes))
    for (;;) {
      const message = this.#receive()
      if (message.kind === 'request') this.#early.push(message)
      else if (message.id !== id) throw new ProtocolError('an answer has no request')
      else if (message.kind === 'failure') throw new RequestFailed(message.reason)
      else return message.body
    }
  }

  #answer(id: number, make: () => Json): Message {
    try {
      return {kind: 'reply', id, body: make()}
    } catch (error) {
      return {kind: 'failure', id, reason: error instanceof Error ? error.message : String(error)}
    }
  }

  #send(message: Message): void {
    let frame: Buffer
    try {
      frame = encodeFrame(message, this.#maxBytes)
    } catch (error) {
      frame = encodeFrame({kind: 'failure', id: message.id, reason: (error as Error).message})
    }
    writeAll(frame)
  }

  #nextRequest(): Request {
    const message = this.#receive()
    if (message.kind !== 'request') throw new ProtocolError('an answer has no request')
    return message
  }

  #receive(): Message {
    const length = frameLength(readAll(HEADER_BYTES), this.#maxBytes)
    return parseMessage(readAll(length).toString('utf8'))
  }
}

function readAll(length: number): Buffer {
  const buffer = Buffer.allocUnsafe(length)
  for (let at = 0; at < length;) {
    const count = retrying(() => readSync(PARENT_FD, buffer, at, length - at, null))
    if (count === 0) process.exit()
    at += count
  }
  return buffer
}

function writeAll(buffer: Buffer): void {
  for (let at = 0; at < buffer.length;) at += retrying(() => writeSync(PARENT_FD, buffer, at))
}

/** The descriptor blocks, but a system may hand it over as non-blocking: then wait a little and try again. A parent that is gone ends us. */
function retrying(transfer: () => number): number {
  for (;;) {
    try {
      return transfer()
    } catch (error) {
      const {code} = error as NodeJS.ErrnoException
      if (code === 'EPIPE' || code === 'ECONNRESET') process.exit()
      if (code !== 'EAGAIN') throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1)
    }
  }
}
