import {createServer, request, type Server} from 'node:http'
import type {AddressInfo} from 'node:net'

/** Stands before a scheduler and counts its calls. */
export class CountingProxy {
  readonly #server: Server
  readonly #bodies: string[] = []

  constructor(target: string) {
    this.#server = createServer((incoming, answer) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('end', () => {
        const body = Buffer.concat(chunks)
        this.#bodies.push(body.toString('latin1'))
        const {method, headers, url} = incoming
        const onward = request(new URL(url ?? '/', target), {method, headers}, (response) => {
          answer.writeHead(response.statusCode ?? 502, response.headers)
          response.pipe(answer)
        })
        onward.on('error', () => answer.destroy())
        onward.end(body)
      })
    })
  }

  /** Gives the address. */
  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** How often a method was called for a job, whether or not it was answered. */
  count(method: string, job: string): number {
    return this.#bodies.filter((body) => body.includes(method) && body.includes(job)).length
  }

  close(): void {
    this.#server.closeAllConnections()
    this.#server.close()
  }
}
