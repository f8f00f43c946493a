import type {IncomingMessage} from 'node:http'

/** Far above any job that a scheduler would take. */
export const MAX_BODY = 16 * 1024 * 1024

/** The whole body; undefined when it is larger than allowed. */
export async function readBody(request: IncomingMessage, max = MAX_BODY): Promise<Buffer | undefined> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length
    if (size > max) return undefined
    parts.push(part)
  }
  return Buffer.concat(parts)
}
