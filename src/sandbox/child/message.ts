import type {Json} from '../../model/json.ts'

/** What passes between the command and a sandbox child, both ways: a request has an id of its sender, its answer has the same. */
export type Message =
  {kind: 'request'; id: number; body: Json} | {kind: 'reply'; id: number; body: Json} | {kind: 'failure'; id: number; reason: string}

/** The other side broke the protocol: a frame that is too large, not JSON, or no message. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError'
}

/** The other side's handler failed; the message is what it said. */
export class RequestFailed extends Error {
  override readonly name = 'RequestFailed'
}

/** A message from text that nobody has checked yet. */
export function parseMessage(text: string): Message {
  let value: Partial<Record<string, unknown>> | null
  try {
    value = JSON.parse(text) as typeof value
  } catch (error) {
    throw new ProtocolError('a message is not JSON', {cause: error})
  }
  if (typeof value === 'object' && value !== null && Number.isSafeInteger(value['id'])) {
    const {kind, id, body, reason} = value as {kind: unknown; id: number; body?: Json; reason?: unknown}
    if ((kind === 'request' || kind === 'reply') && body !== undefined) return {kind, id, body}
    if (kind === 'failure' && typeof reason === 'string') return {kind, id, reason}
  }
  throw new ProtocolError('a message has an unknown shape')
}
