import {networkInterfaces} from 'node:os'
import {afterEach, describe, expect, it} from 'vitest'
import {addressKind} from '../../../src/hook/capabilities/fetch/address.ts'
import {hookBodies} from './ask-hook.ts'
import {trustCertificate, WebServer} from './web-server.ts'

const {ask, uses} = hookBodies()
const servers: WebServer[] = []
afterEach(() => servers.splice(0).forEach((server) => server.stop()))

async function serve(...args: Parameters<typeof WebServer.start>): Promise<WebServer> {
  const server = await WebServer.start(...args)
  servers.push(server)
  return server
}

/** Fetches a URL in a hook that names the origins. */
const get = (url: string, fetch: unknown[]) => ask(`return tell(await (await ctx.fetch(${JSON.stringify(url)})).text())`, {needs: {fetch}})

describe('fetch', () => {
  it('sends what the hook says, and answers with plain data', async () => {
    const server = await serve((request, response) => {
      response.writeHead(request.method === 'PUT' ? 201 : 404, {'x-answer': 'a'}).end('{"open": true}')
    })
    const body = `const url = '${server.origin()}/a?token=b#c'
      const put = await ctx.fetch(url, {method: 'put', headers: {'X-Token': 't'}, body: {ticket: 7}})
      const missing = await ctx.fetch(url)
      return tell([put.status, put.ok, put.url, put.headers['x-answer'], await put.json(), await put.text(), missing.ok, missing.dryRun])`
    expect(await ask(body, {needs: {fetch: [server.origin()]}})).toEqual([
      201,
      true,
      `${server.origin()}/a?token=b`,
      'a',
      {open: true},
      '{"open": true}',
      false,
      false,
    ])
    expect(server.heard).toEqual([
      {
        line: 'PUT /a?token=b',
        headers: expect.objectContaining({'x-token': 't', 'content-type': 'application/json'}),
        body: '{"ticket":7}',
      },
      {line: 'GET /a?token=b', headers: expect.objectContaining({host: `127.0.0.1:${server.port}`}), body: ''},
    ])
    expect(uses('fetch').map(({text}) => text)).toEqual([`send PUT ${server.origin()}/a?…`, `send GET ${server.origin()}/a?…`])
  })

  it('asks over TLS those alone whose certificate is vouched for', async () => {
    const server = await serve(undefined, 'localhost')
    const origin = server.origin('localhost', 'https')
    expect(await get(origin, [origin])).toMatch(/failed: self-signed certificate/)
    trustCertificate()
    expect(await get(origin, [origin])).toBe('hello')
    expect(server.heard).toHaveLength(1)
  })

  it('refuses origins that the hook does not name, be they ever so like', async () => {
    const server = await serve()
    const {port} = server
    const others = [
      `http://localhost:${port}`,
      `https://127.0.0.1:${port}`,
      `http://127.0.0.2:${port}`,
      'http://127.0.0.1',
      `http://127.0.0.1.:${port}1`,
    ]
    for (const url of others) {
      expect(await get(url, [server.origin()])).toMatch(
        /^ctx\.fetch: (https?:\S+ is not among the hook's origins|its first argument must be a URL)/,
      )
    }
    expect(server.heard).toEqual([])
  })

  it('knows an address in other clothes as the same', async () => {
    const server = await serve()
    expect(await get(`http://2130706433:${server.port}/`, [server.origin()])).toBe('hello')
    expect(await get(`http://2130706433:${server.port}/`, ['http://127.0.0.2'])).toMatch(/http:\/\/127\.0\.0\.1:\d+ is not among/)
  })

  it.each([
    ['file:///etc/passwd', '{}', 'file: is not http: or https:'],
    ['http://me:secret@127.0.0.1', '{}', 'credentials go into a header'],
    ['nonsense', '{}', 'its first argument must be a URL'],
    ['http://127.0.0.1', "{method: 'CONNECT'}", 'its method must be one of'],
    ['http://127.0.0.1', "{headers: {Host: 'other'}}", "the header 'host' is not a hook's to set"],
    ['http://127.0.0.1', "{headers: {'Transfer-Encoding': 'chunked'}}", "the header 'transfer-encoding' is not a hook's to set"],
    ['http://127.0.0.1', "{headers: {'x': 'a\\r\\nHost: other'}}", "'x' is no header"],
    ['http://127.0.0.1', "{headers: {'x y': 'a'}}", "'x y' is no header"],
    ['http://127.0.0.1', "{body: 'x'}", 'GET has no body'],
    ['http://127.0.0.1', "{proxy: 'http://other'}", "there is no option 'proxy'"],
    ['http://127.0.0.1', "{method: 'POST', body: 'é'.repeat(6e5)}", 'a body of more than'],
  ])('refuses %s with %s', async (url, options, message) => {
    const refused = await ask(`await ctx.fetch(${JSON.stringify(url)}, ${options})`, {needs: {fetch: ['http://127.0.0.1']}})
    expect(refused).toContain(`ctx.fetch: ${message}`)
  })

  it('gives up on an answer that is too large, and on a server that does not answer', async () => {
    const server = await serve((request, response) => {
      if (request.url === '/large') for (let i = 0; i < 4; i++) response.write('x'.repeat(1 << 20))
      if (request.url === '/cut') response.writeHead(200, {'content-length': '100'}).write('x', () => response.destroy())
    })
    expect(await get(`${server.origin()}/large`, [server.origin()])).toMatch(/an answer of more than 2097152 bytes/)
    expect(await get(`${server.origin()}/cut`, [server.origin()])).toMatch(/GET http:\S+\/cut failed: /)
    const silent = `await ctx.fetch('${server.origin()}/silent')`
    expect(await ask(silent, {needs: {fetch: [server.origin()]}, entry: {timeout: '1s'}})).toBe('it gave no answer within 1000 ms')
    server.stop()
    expect(await get(server.origin(), [server.origin()])).toMatch(/failed: connect ECONNREFUSED/)
  })
})

describe('a redirect', () => {
  const redirecting = (to: string, status = 302) => serve((_, response) => response.writeHead(status, {location: to}).end())

  it('is followed to origins that the hook names, without what proves who asks', async () => {
    const target = await serve()
    const source = await redirecting(`${target.origin()}/there`, 307)
    const body = `const answer = await ctx.fetch('${source.origin()}', {method: 'POST', body: 'b', headers: {Authorization: 's', 'X-Key': 's', Accept: 'a'}})
      return tell([answer.url, await answer.text()])`
    expect(await ask(body, {needs: {fetch: [source.origin(), target.origin()]}})).toEqual([`${target.origin()}/there`, 'hello'])
    const [heard] = target.heard
    expect(heard).toMatchObject({line: 'POST /there', body: 'b', headers: {accept: 'a'}})
    expect(Object.keys(heard?.headers ?? {}).filter((name) => /authorization|x-key/.test(name))).toEqual([])
  })

  it('makes a GET of a POST where browsers do', async () => {
    const server = await serve((request, response) => {
      if (request.url === '/') response.writeHead(303, {location: '/next'}).end()
      else response.end('done')
    })
    const body = `return tell(await (await ctx.fetch('${server.origin()}', {method: 'POST', body: {a: 1}, headers: {'x-key': 'k'}})).text())`
    expect(await ask(body, {needs: {fetch: [server.origin()]}})).toBe('done')
    expect(server.heard.map(({line, body: sent, headers}) => [line, sent, headers['x-key']])).toEqual([
      ['POST /', '{"a":1}', 'k'],
      ['GET /next', '', 'k'],
    ])
  })

  it('is not followed to an origin that the hook does not name', async () => {
    const target = await serve()
    const source = await redirecting(target.origin())
    expect(await get(source.origin(), [source.origin()])).toMatch(
      new RegExp(`^ctx\\.fetch: ${target.origin()} is not among the hook's origins.*\\(a redirect from ${source.origin()}/ leads there\\)`),
    )
    expect(target.heard).toEqual([])
  })

  it.each(['file:///etc/passwd', 'http://me:secret@127.0.0.1/', 'http://[', 'gopher://127.0.0.1'])('is not followed to %s', async (to) => {
    const source = await redirecting(to)
    expect(await get(source.origin(), [source.origin()])).toMatch(/^ctx\.fetch: /)
  })

  it('is not followed for ever', async () => {
    const server = await serve((_, response) => response.writeHead(302, {location: '/again'}).end())
    expect(await get(server.origin(), [server.origin()])).toMatch(/more than 5 redirects/)
    expect(server.heard).toHaveLength(6)
  })
})

describe('an address that is not public', () => {
  it.each([
    ['93.184.215.14', 'public'],
    ['2606:2800:21f:cb07:6820:80da:af6b:8b2c', 'public'],
    ['64:ff9b::5db8:d70e', 'public'],
    ['10.1.2.3', 'private'],
    ['172.16.0.1', 'private'],
    ['192.168.1.1', 'private'],
    ['100.64.0.1', 'private'],
    ['fd00::1', 'private'],
    ['::ffff:10.0.0.1', 'private'],
    ['64:ff9b::a00:1', 'private'],
    ['127.0.0.1', 'local'],
    ['127.8.8.8', 'local'],
    ['0.0.0.0', 'local'],
    ['169.254.169.254', 'local'],
    ['255.255.255.255', 'local'],
    ['224.0.0.1', 'local'],
    ['240.0.0.1', 'local'],
    ['192.0.2.1', 'local'],
    ['198.18.0.1', 'local'],
    ['::1', 'local'],
    ['::', 'local'],
    ['fe80::1%eth0', 'local'],
    ['ff02::1', 'local'],
    ['fec0::1', 'local'],
    ['::ffff:127.0.0.1', 'local'],
    ['::ffff:169.254.169.254', 'local'],
    ['::7f00:1', 'local'],
    ['64:ff9b::7f00:1', 'local'],
    ['64:ff9b::a9fe:a9fe', 'local'],
    ['64:ff9b:1::7f00:1', 'local'],
    ['2002:7f00:1::', 'local'],
    ['2002:a00:1::1', 'local'],
    ['2001:0:7f00:1::', 'local'],
    ['2001:db8::1', 'local'],
  ])('%s is %s', (address, kind) => {
    expect(addressKind(address)).toBe(kind)
  })

  it('is asked when the hook names it, and not through a name that leads to it', async () => {
    const server = await serve()
    expect(await get(server.origin(), [server.origin()])).toBe('hello')
    expect(await get(server.origin('localhost'), [server.origin('localhost')])).toBe('hello')
    expect(server.heard).toHaveLength(2)
  })

  const found = (address: string) => ({lookup: async () => [{address, family: address.includes(':') ? 6 : 4}]})
  const named = 'http://change.example:1'
  const asking = `return tell(await (await ctx.fetch('${named}')).text())`
  const refusal = (address: string) => `ctx.fetch: GET ${named}/ failed: change.example has the address ${address}, which is not public`

  it.each(['127.0.0.1', '169.254.169.254', '::1', '10.0.0.1', 'fd00::1'])(
    'is not asked through a name that leads to %s',
    async (address) => {
      expect(await ask(asking, {needs: {fetch: [named]}, world: found(address)})).toContain(refusal(address))
      const both = {lookup: async () => [{address: '93.184.215.14', family: 4}, ...(await found(address).lookup())]}
      expect(await ask(asking, {needs: {fetch: [named]}, world: both})).toContain(refusal(address))
    },
  )

  it.each(['127.0.0.1', '169.254.169.254', '::1', '0.0.0.0'])('is not %s for a name that may be private', async (address) => {
    const needs = {fetch: [{origin: named, private: true}]}
    expect(await ask(asking, {needs, world: found(address)})).toContain(refusal(address))
  })

  const own = Object.values(networkInterfaces())
    .flat()
    .find((each) => each && addressKind(each.address) === 'private')
  it.skipIf(own === undefined)('is looked up once, and what was found is what is asked', async () => {
    const server = await serve()
    const origin = server.origin('change.example')
    const looked: string[] = []
    const lookup = async (host: string) => {
      looked.push(host)
      // Whoever asks a second time is told of another one.
      return [
        looked.length === 1 && own ? {address: own.address, family: own.family === 'IPv4' ? 4 : 6} : {address: '127.0.0.1', family: 4},
      ]
    }
    const body = `return tell(await (await ctx.fetch('${origin}')).text())`
    expect(await ask(body, {needs: {fetch: [{origin, private: true}]}, world: {lookup}})).toBe('hello')
    expect(looked).toEqual(['change.example'])
    expect(server.heard[0]?.headers.host).toBe(`change.example:${server.port}`)
  })
})

describe('in a dry run', () => {
  it('nothing is sent, and the hook gets an empty answer', async () => {
    const server = await serve()
    const body = `const answer = await ctx.fetch('${server.origin()}/approve', {method: 'POST'})
      ctx.log.info(JSON.stringify([answer.ok, answer.dryRun, await answer.text(), await answer.json()]))
      if (!(await answer.json()).approved) return deny('not approved')`
    expect(await ask(body, {needs: {fetch: [server.origin()]}, view: {dryRun: true}})).toBeNull()
    expect(server.heard).toEqual([])
    expect(uses('fetch')).toEqual([{text: `send POST ${server.origin()}/approve`, planned: true}])
  })
})
