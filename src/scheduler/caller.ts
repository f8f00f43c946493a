import type {Cluster} from '../cluster/cluster.ts'
import {httpModule} from './http-module.ts'
import {SchedulerError} from '../model/errors.ts'
import type {LogLevel} from '../model/events.ts'
import type {MethodName, Methods, Response} from '../model/gen/types.ts'
import {callError} from './call-error.ts'
import {CallFailure} from './call-failure.ts'
import {type PostAnswer, post} from './http-post.ts'
import {checkAuthentication, locate} from './locate.ts'
import {responseMessage} from './response.ts'
import {defaultRetry, isRead, type RetryPolicy, withRetry} from './retry.ts'
import {decodeReply, encodeCall, type ProtocolName} from './thrift/message.ts'

export interface CallerOptions {
  protocol: ProtocolName
  userAgent: string
  connectMs: number
  answerMs: number
  maxBytes: number
  retry: RetryPolicy | undefined
  log: (level: LogLevel, text: string) => void
}

/** What a connection loads when its first call is made. */
export interface Caller {
  call(method: MethodName, args: unknown[]): Promise<Response>
  close(): void
}

const CONTENT_TYPE = {binary: 'application/vnd.apache.thrift.binary', json: 'application/vnd.apache.thrift.json'} as const
const JSON_TYPES = new Set<string>([CONTENT_TYPE.json, 'application/json', 'application/x-thrift'])

export async function createCaller(cluster: Cluster, options: CallerOptions): Promise<Caller> {
  checkAuthentication(cluster)
  const base = await locate(cluster)
  const {protocol, log} = options
  const headers: Record<string, string> = {
    'content-type': CONTENT_TYPE[protocol],
    accept: CONTENT_TYPE[protocol],
    'user-agent': options.userAgent,
    ...(base.username === '' ? {} : {authorization: basic(base)}),
  }
  base.username = base.password = ''
  const url = new URL('api', base)
  const policy = options.retry ?? defaultRetry(base)
  const {Agent} = httpModule(base.protocol)
  const agent = new Agent({keepAlive: true})
  let seqid = 0

  async function attempt(method: MethodName, body: Buffer): Promise<Response> {
    // A kept connection may be closed from the other end just as a call goes out; a change must not come to be in doubt for that.
    const answer = await post({...options, url, headers, body, agent: isRead(method) ? agent : undefined})
    const response = decodeReply(answerProtocol(answer, protocol), method, answer.body)
    if (response.responseCode === 'ERROR_TRANSIENT')
      throw new CallFailure('transient', 'no', responseMessage(response) || 'ERROR_TRANSIENT')
    return response
  }

  return {
    async call(method, args) {
      const body = encodeCall(protocol, method, args as Methods[MethodName]['args'], ++seqid)
      try {
        return await withRetry(
          method,
          policy,
          () => attempt(method, body),
          ({message}) => log('warn', `Connection error with scheduler: ${message}, reconnecting...`),
        )
      } catch (error) {
        if (error instanceof CallFailure) throw callError(cluster, url, method, error)
        if (error instanceof SchedulerError && error.code === 'scheduler.protocol') {
          throw callError(cluster, url, method, new CallFailure('protocol', 'maybe', error.message, error))
        }
        throw error
      }
    },
    close: () => agent.destroy(),
  }
}

/** @throws CallFailure for an answer that is no message of the API. */
function answerProtocol({url, status, contentType, body}: PostAnswer, asked: ProtocolName): ProtocolName {
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase()
  const reason = type === 'text/plain' ? `: ${firstLine(body)}` : ''
  if (status === 401 || status === 403) throw new CallFailure('auth', 'no', `HTTP ${status} from ${url.href}${reason}`)
  if (status < 200 || status > 299) {
    const refused = status >= 400 && status < 500
    throw new CallFailure(
      'http',
      refused ? 'no' : 'maybe',
      `HTTP ${status} from ${url.href}${reason}`,
      undefined,
      status >= 502 && status <= 504,
    )
  }
  if (type === undefined) return asked
  if (type === CONTENT_TYPE.binary) return 'binary'
  if (JSON_TYPES.has(type)) return 'json'
  throw new CallFailure('protocol', 'maybe', `an answer of the type ${type} from ${url.href}`)
}

function firstLine(body: Buffer): string {
  return body.toString('utf8', 0, 300).split('\n', 1)[0]?.trim() ?? ''
}

function basic({username, password}: URL): string {
  return `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}`
}
