import type {LookupAddress} from 'node:dns'
import type {IncomingMessage} from 'node:http'
import type {RequestOptions} from 'node:https'
import type {LookupFunction} from 'node:net'
import {httpModule} from '../../../scheduler/http-module.ts'
import type {HookRequest} from './request.ts'

/** An answer as it crosses into the sandbox. */
export interface HookAnswer {
  status: number
  headers: Record<string, string>
  text: string
}

const MAX_BYTES = 2 << 20
const MAX_HEADER_BYTES = 32 << 10

/** Sends a request to one of the addresses, which have been checked: nothing is looked up again. @throws Error when there is no whole answer */
export async function send(request: HookRequest, addresses: readonly LookupAddress[], signal: AbortSignal): Promise<HookAnswer> {
  const {url, method, headers, body} = request
  const lookup = ((_host, {all}, found) => {
    const [first] = addresses
    if (all) found(null, [...addresses])
    else found(null, first?.address ?? '', first?.family)
  }) satisfies LookupFunction
  const {request: open} = httpModule(url.protocol)
  const options: RequestOptions = {
    method,
    lookup,
    signal,
    // A connection of its own: no proxy, no socket that somebody else opened.
    agent: false,
    rejectUnauthorized: true,
    maxHeaderSize: MAX_HEADER_BYTES,
    headers: {
      'user-agent': 'aurora',
      accept: '*/*',
      ...headers,
      'accept-encoding': 'identity',
      ...(body === undefined ? {} : {'content-length': Buffer.byteLength(body)}),
    },
  }
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const call = open(url, options)
    call.on('error', reject)
    call.on('response', resolve)
    call.end(body)
  })
  return {status: response.statusCode ?? 0, headers: plainHeaders(response), text: await textOf(response)}
}

function plainHeaders({headers}: IncomingMessage): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')])
  return Object.fromEntries(entries) as Record<string, string>
}

async function textOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > MAX_BYTES) {
      response.destroy()
      throw new Error(`an answer of more than ${MAX_BYTES} bytes`)
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
