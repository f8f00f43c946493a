import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'
import type {State} from '../core/state.ts'
import {Fault} from '../fault.ts'
import type {SchedulerPort} from './dispatch.ts'
import {connectionOwner, judge, type OwnerOf, tellsOwners} from './guard.ts'
import {schedulerPage} from './page.ts'
import {plain, serveThrift} from './thrift-endpoint.ts'

export interface ServedScheduler extends SchedulerPort {
  readonly state: State
  /** Counters for /vars.json. */
  readonly vars: Readonly<Record<string, number>>
}

/** Aurora's own port, taken when it is free and no other was asked for. */
const USUAL_PORT = 8081

/**
 * Serves the scheduler on 127.0.0.1, on the given port, or on 8081 or any free one.
 * @throws Fault when the given port is taken
 */
export async function listen(
  scheduler: ServedScheduler,
  log: (text: string) => void,
  port?: number,
): Promise<{server: Server; port: number}> {
  let ownerOf: OwnerOf | undefined = connectionOwner
  const server = createServer((request, response) => {
    serve(scheduler, request, response, ownerOf).catch((error: unknown) => {
      log(`Serving ${request.method} ${request.url} failed: ${error instanceof Error ? error.stack : String(error)}`)
      if (response.headersSent) response.destroy()
      else plain(response, 500, 'Internal error')
    })
  })
  try {
    await bind(server, port ?? USUAL_PORT)
  } catch (error) {
    if (!isTaken(error)) throw error
    if (port !== undefined) {
      throw new Fault(
        `Port ${port} is already taken`,
        'local.port-taken',
        "Name another with '--port', or leave it out to get a free one.",
        error,
      )
    }
    await bind(server, 0)
  }
  const {port: bound} = server.address() as AddressInfo
  if (!(await tellsOwners(bound))) {
    ownerOf = undefined
    log('This system does not tell who connects to a port: every user of this machine may call this scheduler')
  }
  return {server, port: bound}
}

function bind(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({host: '127.0.0.1', port}, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES')
}

async function serve(
  scheduler: ServedScheduler,
  request: IncomingMessage,
  response: ServerResponse,
  ownerOf: OwnerOf | undefined,
): Promise<void> {
  const verdict = judge(request, ownerOf)
  if ('refused' in verdict) {
    response.setHeader('connection', 'close')
    return plain(response, 403, verdict.refused)
  }
  const path = decodePath(request.url)
  if (path === undefined) return plain(response, 400, 'Bad path')
  if (path[0] === 'api' && path.length === 1) return serveThrift(scheduler, request, response, verdict.user)
  if (request.method !== 'GET' && request.method !== 'HEAD') return plain(response, 405, 'Only /api takes calls')
  if (path[0] === 'health' && path.length === 1) return plain(response, 200, 'OK')
  if (path[0] === 'vars.json' && path.length === 1) return json(response, scheduler.vars)
  if (path.length === 0) return void response.writeHead(303, {location: '/scheduler'}).end()
  if (path[0] === 'scheduler') return html(response, schedulerPage(scheduler.state, scheduler.clusterName, path.slice(1)))
  plain(response, 404, 'Not found')
}

/** The path's parts, without the query; undefined when it is not well-formed. */
function decodePath(url = '/'): string[] | undefined {
  try {
    const parts = (url.split(/[?#]/, 1)[0] ?? '').split('/').filter((part) => part !== '')
    return parts.map(decodeURIComponent)
  } catch {
    return undefined
  }
}

function json(response: ServerResponse, value: unknown): void {
  response.writeHead(200, {'content-type': 'application/json'}).end(JSON.stringify(value))
}

function html(response: ServerResponse, text: string): void {
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    'x-content-type-options': 'nosniff',
  }
  response.writeHead(200, headers).end(text)
}
