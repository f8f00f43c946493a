import {mkdirSync, writeFileSync} from 'node:fs'
import {connect, createServer, type Server, type Socket} from 'node:net'
import {join} from 'node:path'
import {SERVICES} from '../../src/model/gen/tables.ts'

/**
 * Where the proxy breaks a call:
 * - `refuse`: no connection is made; `connect`: it is made and nothing read; `request`: half of the request reaches the scheduler;
 * - `sent`: the scheduler has answered, and the client gets nothing; `headers`, `body`: it gets a half of them.
 */
export type CutPoint = 'refuse' | 'connect' | 'request' | 'sent' | 'headers' | 'body'

export interface Cut {
  /** Counted from 1; a change has a connection of its own. */
  connection: number
  /** Which call of the connection, from 1; the first one otherwise. */
  call?: number
  at: CutPoint
  /**
   * `reset` by default; `hang`: nothing more comes; `hold`: reset, and what reached the proxy reaches the scheduler at `release`; `delay`: all
   * goes well, after `release`.
   */
  how?: 'reset' | 'end' | 'hang' | 'hold' | 'hang and hold' | 'delay'
  /** Whether everything is cut from then on, and nobody is let in again. */
  forGood?: boolean
}

const READS: ReadonlySet<string> = new Set(SERVICES.ReadOnlyScheduler)

/** Stands between client and scheduler, notes every call, and cuts one of them. */
export class CuttingProxy implements AsyncDisposable {
  /** The calls whose methods could be read, in their order. */
  readonly calls: {connection: number; method: string}[] = []
  readonly #target: URL
  readonly #cut: Cut | undefined
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  #connections = 0
  #held: Buffer | undefined
  #goOn: (() => void) | undefined
  #port = 0

  private constructor(target: URL, cut: Cut | undefined) {
    this.#target = target
    this.#cut = cut
    this.#server = createServer({pauseOnConnect: true}, (client) => this.#accept(client))
  }

  static async start(target: string, cut?: Cut): Promise<CuttingProxy> {
    const proxy = new CuttingProxy(new URL(target), cut)
    await proxy.listen()
    return proxy
  }

  /** Lets clients in again, at the same port. */
  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(this.#port, '127.0.0.1', resolve))
    const address = this.#server.address()
    if (typeof address === 'object' && address) this.#port = address.port
  }

  /** A folder of clusters, for AURORA_CONFIG_ROOT, in which the scheduler is reached through the proxy. */
  configRoot(home: string, cluster: string): string {
    const folder = join(home, `clusters-${this.#port}`)
    mkdirSync(folder, {recursive: true})
    writeFileSync(join(folder, 'clusters.json'), JSON.stringify([{name: cluster, scheduler_uri: `http://127.0.0.1:${this.#port}`}]))
    return folder
  }

  /** The calls that change something. */
  get changes(): string[] {
    return this.calls.map(({method}) => method).filter((method) => !READS.has(method))
  }

  /** The connections of the calls of a method, in their order. */
  connectionsOf(method: string): number[] {
    return this.calls.filter((call) => call.method === method).map(({connection}) => connection)
  }

  /** Lets a held request through to the scheduler, and waits for its answer. */
  async release(): Promise<void> {
    if (this.#goOn) return this.#goOn()
    const held = this.#held
    if (!held) throw new Error('nothing is held')
    const {upstream} = this.#connect()
    upstream.write(held)
    await message(upstream)
    upstream.destroy()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #accept(client: Socket): void {
    const connection = ++this.#connections
    this.#keep(client)
    const cut = this.#cut?.connection === connection ? this.#cut : undefined
    // The next one is to be refused.
    if (this.#cut?.at === 'refuse' && this.#cut.connection === connection + 1) this.#server.close()
    if (cut?.at === 'connect') return this.#break(client, cut)
    client.resume()
    this.#serve(client, connection, cut).catch(() => client.destroy())
  }

  async #serve(client: Socket, connection: number, planned: Cut | undefined): Promise<void> {
    const {upstream} = this.#connect()
    client.once('close', () => upstream.destroy())
    for (let nth = 1; ; nth++) {
      const request = await message(client)
      const cut = nth === (planned?.call ?? 1) ? planned : undefined
      this.calls.push({connection, method: methodOf(request)})
      if (cut?.how === 'hold' || cut?.how === 'hang and hold') {
        this.#held = request
        return this.#break(client, cut)
      }
      if (cut?.at === 'request') {
        upstream.end(request.subarray(0, Math.floor(request.length / 2)))
        return this.#break(client, cut)
      }
      if (cut?.how === 'delay') await new Promise<void>((resolve) => (this.#goOn = resolve))
      upstream.write(request)
      const answer = await message(upstream)
      if (!cut || cut.how === 'delay') {
        client.write(answer)
        continue
      }
      const headers = answer.indexOf('\r\n\r\n') + 4
      const sent = {sent: 0, headers: Math.floor(headers / 2), body: Math.floor((headers + answer.length) / 2)}[
        cut.at as 'sent' | 'headers' | 'body'
      ]
      client.write(answer.subarray(0, sent), () => this.#break(client, cut))
      return
    }
  }

  #break(client: Socket, {how = 'reset', forGood = false}: Cut): void {
    if (forGood) {
      this.#server.close()
      for (const socket of this.#sockets) if (socket !== client) socket.resetAndDestroy()
    }
    if (how === 'end') client.end()
    else if (how === 'reset' || how === 'hold') client.resetAndDestroy()
  }

  #connect(): {upstream: Socket} {
    const upstream = connect(Number(this.#target.port), this.#target.hostname)
    this.#keep(upstream)
    return {upstream}
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket)
    socket.on('error', () => {}).once('close', () => this.#sockets.delete(socket))
  }
}

/** The next HTTP message with a `content-length` that comes in. @throws Error when the connection ends before */
function message(socket: Socket): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let all = Buffer.alloc(0)
    const read = (chunk: Buffer) => {
      all = Buffer.concat([all, chunk])
      const headers = all.indexOf('\r\n\r\n') + 4
      const length = /content-length: *(\d+)/i.exec(all.toString('latin1', 0, headers))?.[1]
      if (headers > 3 && all.length >= headers + Number(length ?? 0)) done(() => resolve(all))
    }
    const close = () => done(() => reject(new Error('the connection has ended')))
    const done = (then: () => void) => {
      socket.off('data', read).off('close', close)
      then()
    }
    socket.on('data', read).on('close', close)
  })
}

/** The method of a call in Thrift's binary protocol. */
function methodOf(request: Buffer): string {
  const body = request.subarray(request.indexOf('\r\n\r\n') + 4)
  return body.toString('utf8', 8, 8 + body.readInt32BE(4))
}
