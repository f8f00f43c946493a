import {createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'
import {afterEach, describe, expect, test} from 'vitest'
import {clusterOf} from '../../src/cluster/cluster.ts'
import {SchedulerError} from '../../src/model/errors.ts'
import type {Response} from '../../src/model/gen/types.ts'
import {connect, type ConnectOptions} from '../../src/scheduler/connect.ts'
import {decodeCall, encodeReply, type ProtocolName} from '../../src/scheduler/thrift/message.ts'

const BINARY = 'application/vnd.apache.thrift.binary'
const JSON_TYPE = 'application/vnd.apache.thrift.json'
const job = {role: 'www', environment: 'prod', name: 'hello'}
const quick: ConnectOptions = {retry: {connection: [1, 1], transient: [1, 1]}}

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** A scheduler that answers each call with what is next. */
async function scheduler(...answers: Response[]) {
  const seen: {method: string | undefined; args: unknown; headers: IncomingMessage['headers']}[] = []
  const uri = await listen((request, response) => void answer(request, response))
  async function answer(request: IncomingMessage, response: ServerResponse) {
    const protocol: ProtocolName = request.headers['content-type'] === BINARY ? 'binary' : 'json'
    const call = decodeCall(protocol, await bodyOf(request))
    if (call.method === undefined) throw new Error(call.name)
    seen.push({method: call.method, args: call.args, headers: request.headers})
    const next = answers.length > 1 ? answers.shift() : answers[0]
    response.setHeader('content-type', protocol === 'binary' ? BINARY : JSON_TYPE)
    response.end(encodeReply(protocol, call.method, call.seqid, next ?? {responseCode: 'OK', details: []}))
  }
  return {uri, seen}
}

const connection = (uri: string, options: ConnectOptions = quick) =>
  connect(clusterOf('west', {scheduler_uri: uri}, 'clusters.json'), options)

async function failure(call: Promise<unknown>): Promise<SchedulerError> {
  const error: unknown = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(SchedulerError)
  return error as SchedulerError
}

describe.each([
  ['binary', BINARY],
  ['json', JSON_TYPE],
] as const)('%s', (protocol, type) => {
  test('a call and its answer', async () => {
    const {uri, seen} = await scheduler({responseCode: 'OK', details: [{message: 'done'}]})
    const {api, close} = connection(uri, {...quick, protocol})
    await expect(api.killTasks(job, [0, 2], 'why')).resolves.toEqual({responseCode: 'OK', details: [{message: 'done'}]})
    expect(seen).toMatchObject([
      {
        method: 'killTasks',
        args: {job, instances: [0, 2], message: 'why'},
        headers: {'content-type': type, accept: type, 'user-agent': 'Aurora V2'},
      },
    ])
    close()
  })
})

test('an answer that is not OK is returned, not thrown', async () => {
  const {uri} = await scheduler({responseCode: 'INVALID_REQUEST', details: [{message: 'no'}]})
  await expect(connection(uri).api.getJobs()).resolves.toMatchObject({responseCode: 'INVALID_REQUEST'})
})

describe('ERROR_TRANSIENT', () => {
  const transient: Response = {responseCode: 'ERROR_TRANSIENT', details: [{message: 'not ready'}]}
  test('is tried again, also for a change', async () => {
    const {uri, seen} = await scheduler(transient, {responseCode: 'OK', details: []})
    const log: string[] = []
    await expect(connection(uri, {...quick, log: (_level, text) => log.push(text)}).api.killTasks(job)).resolves.toMatchObject({
      responseCode: 'OK',
    })
    expect(seen).toHaveLength(2)
    expect(log).toEqual(['Connection error with scheduler: not ready, reconnecting...'])
  })
  test('that does not end is a timeout', async () => {
    const {uri, seen} = await scheduler(transient)
    await expect(failure(connection(uri).api.killTasks(job))).resolves.toMatchObject({code: 'scheduler.transient', exitCode: 9, sent: 'no'})
    expect(seen).toHaveLength(3)
  })
})

describe('a scheduler that is not there', () => {
  test('nothing was sent, and the message says where and what to do', async () => {
    const uri = await listen(() => {})
    await new Promise((resolve) => servers.pop()?.close(resolve))
    const error = await failure(connection(uri).api.killTasks(job))
    expect(error).toMatchObject({code: 'scheduler.unreachable', exitCode: 9, sent: 'no'})
    expect(error.message).toBe(`Could not connect to the scheduler of west at ${uri}: connection refused`)
    expect(error.remedy).toContain('clusters.json')
  })
  test('the local one is started', async () => {
    const uri = await listen(() => {})
    await new Promise((resolve) => servers.pop()?.close(resolve))
    const local = connect(clusterOf('devcluster', {scheduler_uri: uri}, 'state.json', true), quick)
    expect((await failure(local.api.getJobs())).remedy).toContain('aurora local start')
  })
})

describe('a connection that is cut', () => {
  test('in a change: it is not repeated, and may have happened', async () => {
    let calls = 0
    const uri = await listen((request) => {
      calls++
      request.on('data', () => request.destroy())
    })
    const error = await failure(connection(uri).api.killTasks(job))
    expect(error).toMatchObject({code: 'scheduler.lost', exitCode: 7, sent: 'maybe'})
    expect(calls).toBe(1)
  })
  test('in a read: it is repeated', async () => {
    let calls = 0
    const good = await scheduler()
    const uri = await listen((request, response) => {
      if (++calls === 1) request.destroy()
      else response.writeHead(307, {location: `${good.uri}/api`}).end()
    })
    await expect(connection(uri).api.getJobs()).resolves.toMatchObject({responseCode: 'OK'})
    expect(calls).toBe(2)
  })
  test('within the answer', async () => {
    const uri = await listen((_request, response) => {
      response.writeHead(200, {'content-type': BINARY, 'content-length': 100})
      response.write('half', () => response.destroy())
    })
    await expect(failure(connection(uri).api.killTasks(job))).resolves.toMatchObject({code: 'scheduler.lost', exitCode: 7, sent: 'maybe'})
  })
})

test('a scheduler that hangs is a timeout; a change may have happened', async () => {
  const uri = await listen(() => {})
  const error = await failure(connection(uri, {...quick, timeoutMs: 50}).api.killTasks(job))
  expect(error).toMatchObject({code: 'scheduler.timeout', exitCode: 9, sent: 'maybe'})
})

test('an answer that trickles for ever is a timeout', async () => {
  const uri = await listen((_request, response) => {
    response.writeHead(200, {'content-type': BINARY})
    const timer = setInterval(() => response.write('x'), 5)
    response.on('close', () => clearInterval(timer))
  })
  await expect(failure(connection(uri, {...quick, timeoutMs: 100}).api.getJobs())).resolves.toMatchObject({code: 'scheduler.timeout'})
})

test.each([401, 403])('HTTP %i is a refusal, with its words', async (status) => {
  const uri = await listen((_request, response) => response.writeHead(status, {'content-type': 'text/plain'}).end('Not you.\nmore'))
  const error = await failure(connection(uri).api.killTasks(job))
  expect(error).toMatchObject({code: 'scheduler.auth', exitCode: 30, sent: 'no'})
  expect(error.message).toContain(`HTTP ${status} from ${uri}/api: Not you.`)
  expect(error.message).not.toContain('more')
})

test.each([
  [404, 'no'],
  [500, 'maybe'],
] as const)('HTTP %i is a transport error', async (status, sent) => {
  const uri = await listen((_request, response) => response.writeHead(status).end())
  await expect(failure(connection(uri).api.killTasks(job))).resolves.toMatchObject({code: 'scheduler.http', exitCode: 7, sent})
})

describe('an answer of something else', () => {
  test.each([
    ['a page', 'text/html', '<html>'],
    ['junk', BINARY, 'junk'],
    ['nothing', BINARY, ''],
  ])('%s', async (_name, type, body) => {
    const uri = await listen((_request, response) => response.writeHead(200, {'content-type': type}).end(body))
    await expect(failure(connection(uri).api.killTasks(job))).resolves.toMatchObject({
      code: 'scheduler.protocol',
      exitCode: 20,
      sent: 'maybe',
    })
  })
  test('too much', async () => {
    const uri = await listen((_request, response) => response.writeHead(200, {'content-type': BINARY}).end(Buffer.alloc(5_000)))
    const error = await failure(connection(uri, {...quick, maxAnswerBytes: 1_000}).api.getJobs())
    expect(error.message).toContain('more than 1000 bytes')
  })
})

describe('redirects', () => {
  test('are followed with method and body, without the credentials for another host', async () => {
    const leader = await scheduler()
    let authorization: string | undefined
    const uri = await listen((request, response) => {
      authorization = request.headers.authorization
      response.writeHead(307, {location: `${leader.uri}/api`}).end()
    })
    await connection(uri.replace('//', '//me:secret@')).api.killTasks(job, [1])
    expect(leader.seen).toMatchObject([{method: 'killTasks', args: {job, instances: [1]}}])
    expect(authorization).toBe(`Basic ${Buffer.from('me:secret').toString('base64')}`)
    expect(leader.seen[0]?.headers.authorization).toBeUndefined()
  })
  test('without end are an error', async () => {
    const uri = await listen((_request, response) => response.writeHead(307, {location: '/api'}).end())
    await expect(failure(connection(uri).api.getJobs())).resolves.toMatchObject({code: 'scheduler.redirect', exitCode: 20, sent: 'no'})
  })
  test('to anything but HTTP are not followed', async () => {
    const uri = await listen((_request, response) => response.writeHead(307, {location: 'file:///etc/passwd'}).end())
    await expect(failure(connection(uri).api.getJobs())).resolves.toMatchObject({code: 'scheduler.redirect'})
  })
})

describe('a cluster that cannot be called', () => {
  test.each([
    [{zk: 'zoo', scheduler_uri: 'http://x'}, 'ZooKeeper'],
    [{}, '"west" does not specify zk or scheduler_uri'],
    [{scheduler_uri: 'http://x', auth_mechanism: 'KERBEROS'}, "'KERBEROS', which is not supported"],
  ])('%o', async (properties, message) => {
    const {api} = connect(clusterOf('west', properties, 'clusters.json'), quick)
    await expect(api.getJobs()).rejects.toMatchObject({exitCode: 3, fault: 'user', message: expect.stringContaining(message) as unknown})
  })
})

describe('shown URLs', () => {
  const url = async (uri: string) => (await connection(uri).jobUrl(job)).href
  test('are joined as RFC 3986 says, without credentials', async () => {
    expect(await url('http://me:secret@h:8081')).toBe('http://h:8081/scheduler/www/prod/hello')
    expect(await url('http://h/aurora')).toBe('http://h/scheduler/www/prod/hello')
    expect(await url('http://h/aurora/')).toBe('http://h/aurora/scheduler/www/prod/hello')
  })
  test('of a role and of an update', async () => {
    const {jobUrl} = connection('http://h')
    expect((await jobUrl({role: 'www'})).href).toBe('http://h/scheduler/www')
    expect((await jobUrl(job, 'u-1')).href).toBe('http://h/scheduler/www/prod/hello/update/u-1')
  })
})

test('AURORA_RPC_TIMEOUT that is no time span is refused', () => {
  expect(() => connection('http://h', {env: {AURORA_RPC_TIMEOUT: 'soon'}})).toThrow('Invalid time span: soon')
  expect(() => connection('http://h', {env: {AURORA_RPC_TIMEOUT: '0s'}})).toThrow('AURORA_RPC_TIMEOUT')
})
