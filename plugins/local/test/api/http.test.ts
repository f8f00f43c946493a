import {execFile} from 'node:child_process'
import {createServer, type IncomingMessage} from 'node:http'
import type {AddressInfo} from 'node:net'
import {promisify} from 'node:util'
import {encodeCall} from '@auroractl/cli/thrift'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {MAX_BODY} from '../../src/api/body.ts'
import {judge} from '../../src/api/guard.ts'
import {peerUid} from '../../src/api/peer-uid.ts'
import {call, http, temporaryFolder, type TestCluster, testCluster, until} from '../cluster.ts'
import {jobOf, taskConfig} from '../fixtures.ts'

const BINARY = 'application/vnd.apache.thrift.binary'
const JSON_TYPE = 'application/vnd.apache.thrift.json'

let folder: ReturnType<typeof temporaryFolder>
let cluster: TestCluster
beforeAll(async () => {
  folder = temporaryFolder()
  cluster = await testCluster(folder.path)
})
afterAll(async () => {
  await cluster[Symbol.asyncDispose]()
  folder[Symbol.dispose]()
})

function post(headers: Record<string, string>, body: Uint8Array = encodeCall('binary', 'getTierConfigs', [])) {
  return http(cluster.port, '/api', {method: 'POST', headers, body})
}

describe('content negotiation', () => {
  const text = encodeCall('json', 'getTierConfigs', [])
  test.each([
    [{'content-type': BINARY, accept: BINARY}, undefined, BINARY],
    [{'content-type': BINARY}, undefined, JSON_TYPE],
    [{'content-type': BINARY, accept: `${BINARY}, */*`}, undefined, JSON_TYPE],
    [{'content-type': 'application/x-thrift; charset=utf-8'}, text, JSON_TYPE],
    [{'content-type': 'application/json', accept: BINARY}, text, BINARY],
    [{}, text, JSON_TYPE],
  ])('%j is answered', async (headers, body, type) => {
    const answer = await post(headers, body)
    expect([answer.status, answer.headers['content-type']]).toEqual([200, type])
  })

  test('another type is 415', async () => {
    const answer = await post({'content-type': 'text/plain'})
    expect([answer.status, answer.body.toString()]).toEqual([415, 'Unsupported Content-Type: text/plain\n'])
  })

  test('a method that the API does not have is a Thrift exception', async () => {
    const unknown = Buffer.from('[1,"conquer",1,7,{}]')
    const answer = await post({}, unknown)
    expect(answer.status).toBe(200)
    expect(JSON.parse(answer.body.toString())).toEqual([1, 'conquer', 3, 7, {1: {str: "Invalid method name: 'conquer'"}, 2: {i32: 1}}])
  })

  test('what is no call is 400', async () => {
    expect((await post({'content-type': BINARY}, Buffer.from('hello'))).status).toBe(400)
    expect((await http(cluster.port, '/api')).status).toBe(400)
  })

  test('a body without end is not read to its end', async () => {
    const answer = await post({'content-type': BINARY}, Buffer.alloc(MAX_BODY + 1)).catch((error: NodeJS.ErrnoException) => error)
    // The server may close before all is sent.
    expect([413, 'EPIPE', 'ECONNRESET']).toContain(answer instanceof Error ? answer.code : answer.status)
  })
})

describe('who may call', () => {
  test.each(['evil.example', 'evil.example:8081', '127.0.0.1.evil.example'])('not under the name %j', async (host) => {
    const answer = await http(cluster.port, '/health', {headers: {host}})
    expect(answer.status).toBe(403)
  })

  test.each(['localhost', 'LOCALHOST:8081', '127.0.0.1', '[::1]:1'])('under the name %j', async (host) => {
    expect((await http(cluster.port, '/health', {headers: {host}})).status).toBe(200)
  })

  test("not from another web page, whatever the call's type", async () => {
    for (const headers of [{origin: 'http://evil.example'}, {origin: 'null'}, {'sec-fetch-site': 'cross-site'}]) {
      expect((await post(headers as Record<string, string>, encodeCall('json', 'getTierConfigs', []))).status).toBe(403)
    }
  })

  test('from a page of our own', async () => {
    const host = `localhost:${cluster.port}`
    const answer = await post({host, origin: `http://${host}`, 'sec-fetch-site': 'same-origin'}, encodeCall('json', 'getTierConfigs', []))
    expect([answer.status, answer.headers['access-control-allow-origin']]).toEqual([200, undefined])
  })

  test.runIf(process.platform === 'linux')('the kernel tells who is at the other end', async () => {
    const server = createServer((request, response) => {
      const {remotePort = 0, localPort = 0} = request.socket
      response.end(`${peerUid(remotePort, localPort)} ${peerUid(remotePort, localPort + 1)}`)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const answer = await http((server.address() as AddressInfo).port, '/')
    server.close()
    expect(answer.body.toString()).toBe(`${process.getuid?.()} undefined`)
  })

  test.runIf(process.platform === 'linux' && process.getuid?.() === 0)('another user of the machine gets 403', async () => {
    const request = 'GET /vars.json HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n'
    const script = `exec 3<>/dev/tcp/127.0.0.1/${cluster.port}; printf '${request}' >&3; cat <&3`
    const ask = (uid: number) => promisify(execFile)('/bin/bash', ['-c', script], {uid, cwd: '/'})
    expect((await ask(65_534)).stdout).toMatch(/^HTTP\/1\.1 403 [\s\S]*you are 65534/)
    expect((await ask(0)).stdout).toMatch(/^HTTP\/1\.1 200 /)
  })

  test('another user may not, nor one who cannot be told', () => {
    const request = {headers: {host: 'localhost'}, socket: {}} as IncomingMessage
    const own = process.getuid?.() ?? 0
    expect(judge(request, () => own)).toHaveProperty('user')
    expect(judge(request, () => 0)).toHaveProperty('user')
    expect(judge(request, () => own + 1)).toEqual({refused: expect.stringContaining(`you are ${own + 1}`) as string})
    expect(judge(request, () => undefined)).toHaveProperty('refused')
    expect(judge(request, undefined)).toEqual({user: 'UNSECURE'})
  })
})

describe('pages', () => {
  test('health and counters', async () => {
    expect((await http(cluster.port, '/health')).body.toString()).toBe('OK\n')
    expect(JSON.parse((await http(cluster.port, '/vars.json')).body.toString())).toHaveProperty('activeTasks')
    expect((await http(cluster.port, '/nothing')).status).toBe(404)
    expect((await http(cluster.port, '/scheduler/%zz')).status).toBe(400)
    expect((await http(cluster.port, '/health', {method: 'POST'})).status).toBe(405)
  })

  test("a job's page shows its tasks, and nothing of them is markup", async () => {
    const job = {role: 'www', environment: 'devel', name: 'page'}
    await call(cluster.port, 'createJob', [jobOf(taskConfig({job}))])
    await until(() => cluster.agent.launched.length > 0)
    await call(cluster.port, 'killTasks', [job, [0], '<script>alert(1)</script>'])
    const page = (await http(cluster.port, '/scheduler/www/devel/page?x=<script>')).body.toString()
    const other = (await http(cluster.port, '/scheduler/%3Cscript%3E')).body.toString()
    expect(page).toContain('KILLING')
    expect(page + other).not.toContain('<script>')
    expect(other).toContain('&#60;script&#62;')
  })
})
