import {mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {request} from 'node:http'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {decodeReply, encodeCall, type MethodName, type Methods, type ProtocolName, type Response} from '@auroractl/cli/thrift'
import {startDaemon, type Daemon} from '../src/daemon/daemon.ts'
import type {LocalState} from '@auroractl/cli'
import type {ClusterPlace} from '../src/operations/place.ts'
import {RecordingAgent} from './recording-agent.ts'

export function temporaryFolder(): {path: string; [Symbol.dispose](): void} {
  const path = mkdtempSync(join(tmpdir(), 'aurora-local-'))
  return {path, [Symbol.dispose]: () => rmSync(path, {recursive: true, force: true})}
}

export function placeIn(folder: string, name = 'devcluster'): ClusterPlace {
  return {
    name,
    folder,
    async readState() {
      try {
        return JSON.parse(readFileSync(join(folder, 'state.json'), 'utf8')) as LocalState
      } catch {
        return undefined
      }
    },
  }
}

export interface TestCluster extends AsyncDisposable {
  daemon: Daemon
  agent: RecordingAgent
  port: number
}

/** A cluster in this process, real but for the processes. */
export async function testCluster(folder: string, options: {port?: number} = {}): Promise<TestCluster> {
  let agent: RecordingAgent | undefined
  const daemon = await startDaemon(
    {name: 'devcluster', folder, agentFolder: join(folder, 'agent'), build: 'test', stateFile: join(folder, 'state.json'), ...options},
    {createAgent: (agentOptions) => (agent = new RecordingAgent(agentOptions)), log: () => {}},
  )
  if (!agent) throw new Error('no agent was made')
  const port = Number(new URL(daemon.cluster.schedulerUri).port)
  return {daemon, agent, port, [Symbol.asyncDispose]: () => daemon.stop().finally(() => daemon.release())}
}

export interface HttpAnswer {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: Buffer
}

export function http(
  port: number,
  path: string,
  options: {method?: string; headers?: Record<string, string>; body?: Uint8Array} = {},
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const {method = 'GET', headers = {}, body} = options
    const sent = request({host: '127.0.0.1', port, path, method, headers, agent: false}, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () => resolve({status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts)}))
      response.on('error', reject)
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

/** One call of the API, over HTTP. */
export async function call<Name extends MethodName>(
  port: number,
  method: Name,
  args: Methods[Name]['args'],
  protocol: ProtocolName = 'binary',
): Promise<Response> {
  const type = `application/vnd.apache.thrift.${protocol}`
  const headers = {'content-type': type, accept: type}
  const {status, body} = await http(port, '/api', {method: 'POST', headers, body: encodeCall(protocol, method, args, 7)})
  if (status !== 200) throw new Error(`HTTP ${status}: ${body.toString()}`)
  return decodeReply(protocol, method, body)
}

/** Waits until a look finds something. */
export async function until<Found>(look: () => Found | undefined | false | Promise<Found | undefined | false>): Promise<Found> {
  for (;;) {
    const found = await look()
    if (found !== undefined && found !== false) return found
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
