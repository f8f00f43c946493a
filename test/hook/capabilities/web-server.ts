import {execFileSync} from 'node:child_process'
import {mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {createServer, type IncomingHttpHeaders, type RequestListener, type Server} from 'node:http'
import {createServer as createTlsServer} from 'node:https'
import type {AddressInfo} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import tls from 'node:tls'

interface Heard {
  line: string
  headers: IncomingHttpHeaders
  body: string
}

/** A web server on this machine that says what it heard. */
export class WebServer {
  readonly heard: Heard[] = []
  readonly port: number
  readonly #server: Server

  private constructor(server: Server) {
    this.#server = server
    this.port = (server.address() as AddressInfo).port
  }

  static async start(listener: RequestListener = (_, response) => response.end('hello'), tlsFor?: string): Promise<WebServer> {
    let started: WebServer | undefined
    const hear: RequestListener = (request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const {method, url, headers} = request
        started?.heard.push({line: `${method} ${url}`, headers, body: Buffer.concat(chunks).toString()})
        listener(request, response)
      })
    }
    const server = tlsFor === undefined ? createServer(hear) : createTlsServer(certificate(tlsFor), hear)
    await new Promise<void>((resolve) => server.listen(0, resolve))
    return (started = new WebServer(server))
  }

  origin(host = '127.0.0.1', protocol = 'http'): string {
    return `${protocol}://${host}:${this.port}`
  }

  stop(): void {
    this.#server.closeAllConnections()
    this.#server.close()
  }
}

let made: {key: string; cert: string} | undefined

/** A certificate that nobody vouches for, until `trust` does. */
function certificate(host: string): {key: string; cert: string} {
  if (made) return made
  const folder = mkdtempSync(join(tmpdir(), 'aurora-tls-'))
  const [key, cert] = [join(folder, 'key'), join(folder, 'cert')]
  const subject = ['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`]
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-days',
      '2',
      ...subject,
      '-keyout',
      key,
      '-out',
      cert,
    ],
    {
      stdio: 'ignore',
    },
  )
  made = {key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8')}
  rmSync(folder, {recursive: true})
  return made
}

/** Has this process vouch for the servers' certificate. */
export function trustCertificate(): void {
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), made?.cert ?? ''])
}
