import type {Agent, ClientRequest, IncomingMessage} from 'node:http'
import {httpModule} from './http-module.ts'
import {CallFailure} from './call-failure.ts'

export interface PostRequest {
  url: URL
  headers: Readonly<Record<string, string>>
  body: Uint8Array
  /** How long to wait for a connection, and for the whole answer. */
  connectMs: number
  answerMs: number
  /** The largest answer that is read. */
  maxBytes: number
  /** None: a connection of its own, closed afterwards. */
  agent: Agent | undefined
}

export interface PostAnswer {
  url: URL
  status: number
  contentType: string | undefined
  body: Buffer
}

const MAX_REDIRECTS = 5

/** Posts, and posts again to where a 307 or 308 points, as a scheduler that does not lead does (reference/clusters.md §5). */
export async function post(request: PostRequest): Promise<PostAnswer> {
  let {url, headers} = request
  for (let redirects = 0; ; redirects++) {
    const {location, ...answer} = await postOnce({...request, url, headers})
    if ((answer.status !== 307 && answer.status !== 308) || location === undefined) return answer
    if (redirects === MAX_REDIRECTS)
      throw new CallFailure('redirect', 'no', `more than ${MAX_REDIRECTS} redirects, the last one to ${location}`)
    const next = URL.canParse(location, url.href) ? new URL(location, url) : undefined
    const safe = next && (next.protocol === 'https:' || (next.protocol === 'http:' && url.protocol === 'http:'))
    if (!safe) throw new CallFailure('redirect', 'no', `a redirect to ${location}, which is not followed`)
    // What proves who we are is for the one that was asked, not for whom it names.
    if (next.origin !== url.origin) headers = Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'authorization'))
    url = next
  }
}

/** @throws CallFailure when there is no whole answer. */
async function postOnce(request: PostRequest): Promise<PostAnswer & {location: string | undefined}> {
  const {url, headers, body, agent} = request
  const {request: open} = httpModule(url.protocol)
  return new Promise((resolve, reject) => {
    // An agent is for one scheme only; a redirect may lead to the other.
    const pool = agent && 'protocol' in agent && agent.protocol === url.protocol ? agent : false
    const call = open(url, {method: 'POST', headers: {...headers, 'content-length': body.length}, agent: pool})
    const state = {sent: false}
    const fail = (failure: CallFailure) => {
      clearTimeout(connecting)
      clearTimeout(answering)
      call.destroy()
      reject(failure)
    }
    const sent = () => (state.sent ? 'maybe' : 'no')
    const connecting = setTimeout(
      () => fail(new CallFailure('timeout', 'no', `no connection within ${request.connectMs / 1_000} s`)),
      request.connectMs,
    )
    const answering = setTimeout(
      () => fail(new CallFailure('timeout', sent(), `no answer within ${request.answerMs / 1_000} s`)),
      request.answerMs,
    )
    onConnected(call, url, () => {
      state.sent = true
      clearTimeout(connecting)
    })
    call.on('error', (error: NodeJS.ErrnoException) => fail(CallFailure.ofSocket(error, state.sent)))
    call.on('response', (response) => {
      readAll(response, request.maxBytes).then((read) => {
        clearTimeout(answering)
        const {statusCode = 0, headers: answered} = response
        resolve({url, status: statusCode, contentType: answered['content-type'], location: answered.location, body: read})
      }, fail)
    })
    call.end(body)
  })
}

function onConnected(call: ClientRequest, url: URL, connected: () => void): void {
  call.on('socket', (socket) => {
    if (!socket.connecting) connected()
    else socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', connected)
  })
}

/** @throws CallFailure when the answer is too large or is cut off. */
async function readAll(response: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > maxBytes) throw new CallFailure('protocol', 'maybe', `an answer of more than ${maxBytes} bytes`)
      chunks.push(chunk)
    }
  } catch (error) {
    throw error instanceof CallFailure ? error : new CallFailure('lost', 'maybe', 'the connection was lost during the answer', error)
  }
  return Buffer.concat(chunks)
}
