import type {IncomingMessage, ServerResponse} from 'node:http'
import {APPLICATION_EXCEPTION, decodeCall, encodeException, encodeReply} from '@auroractl/cli/thrift'
import {readBody} from './body.ts'
import {dispatch, type SchedulerPort} from './dispatch.ts'
import {contentType, requestProtocol, responseProtocol} from './negotiate.ts'

/** One call a request: POST /api (reference/thrift-api.md §1). */
export async function serveThrift(
  scheduler: SchedulerPort,
  request: IncomingMessage,
  response: ServerResponse,
  user: string,
): Promise<void> {
  const protocol = requestProtocol(request.headers['content-type'])
  if (!protocol) return plain(response, 415, `Unsupported Content-Type: ${request.headers['content-type']}`)
  const body = await readBody(request)
  if (!body) {
    response.setHeader('connection', 'close')
    return plain(response, 413, 'The call is too large')
  }
  let call
  try {
    call = decodeCall(protocol, body)
  } catch (error) {
    return plain(response, 400, error instanceof Error ? error.message : String(error))
  }
  const answerProtocol = responseProtocol(request.headers.accept)
  const reply =
    call.method === undefined
      ? encodeException(answerProtocol, call.name, call.seqid, APPLICATION_EXCEPTION.unknownMethod, `Invalid method name: '${call.name}'`)
      : encodeReply(answerProtocol, call.method, call.seqid, dispatch(scheduler, call, user))
  response.writeHead(200, {'content-type': contentType(answerProtocol), 'content-length': reply.length}).end(reply)
}

export function plain(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff'}).end(`${text}\n`)
}
