import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'

export const DIGEST = `sha256:${'ab12'.repeat(16)}`

export interface RegistryOptions {
  /** The challenge of a request without the token; what stands in it for `ORIGIN` is the server's own address. */
  challenge?: string
  /** Nobody sees an image, with the token or without. */
  hidden?: boolean
  /** The answer to `/v2/`. */
  probe?: number
  /** What the token service answers. */
  token?: string
  /** The connection is lost in the middle of that. */
  lost?: boolean
  digest?: string | undefined
  /** Never answers. */
  silent?: boolean
}

/** A registry that has one image, `team/web:1.0`, and gives tokens to everybody. */
export async function startRegistry({
  challenge,
  hidden = false,
  probe = 200,
  token = '{"token": "t0k3n"}',
  lost = false,
  digest = DIGEST,
  silent = false,
}: RegistryOptions = {}) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    const {url = '', method, headers} = request
    asked.push(`${method} ${url}${headers.authorization === undefined ? '' : ` ${headers.authorization}`}`)
    if (silent) return
    if (url.startsWith('/token') && lost) return void response.write(token, () => response.destroy())
    if (url.startsWith('/token')) return void response.end(token)
    const known = challenge === undefined || (headers.authorization === 'Bearer t0k3n' && !(hidden && url !== '/v2/'))
    if (!known) return void response.writeHead(401, challenge === '' ? {} : {'www-authenticate': challenge.replace('ORIGIN', origin)}).end()
    if (url === '/v2/') return void response.writeHead(probe).end()
    const isThere = url === '/v2/team/web/manifests/1.0' && (headers.accept ?? '').includes('docker.distribution.manifest.v2+json')
    response.writeHead(isThere ? 200 : 404, isThere && digest !== '' ? {'docker-content-digest': digest} : {}).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const origin = `http://${host}`
  return {
    host,
    origin,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
