import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http'
import {hostname} from 'node:os'
import {afterEach, beforeEach, describe, expect, it, vi} from 'vitest'
import {powered} from './powered.ts'

const on = powered()

describe('fetch', () => {
  let server: Server
  let origin: string
  const requests: IncomingMessage[] = []
  let answer: (request: IncomingMessage, response: ServerResponse) => void
  beforeEach(async () => {
    requests.length = 0
    server = createServer((request, response) => {
      requests.push(request)
      answer(request, response)
    })
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
    origin = `http://127.0.0.1:${(server.address() as {port: number}).port}`
    answer = (_, response) => response.end('granted')
  })
  afterEach(() => {
    server.closeAllConnections()
    server.close()
  })
  const elsewhere = () => `http://127.0.0.1:${on.stage.port}`
  const fetching = (url: string, more = '') => `return tell(await (await ctx.fetch(${JSON.stringify(url)}${more})).text())`

  it.each<[string, (granted: string, other: string) => string]>([
    ['another origin', (_, other) => other],
    ['a user in the URL that looks like the origin', (granted, other) => `http://${granted.slice(7)}@${other.slice(7)}`],
    ['a backslash', (granted, other) => `${granted}\\@${other.slice(7)}`.replace(granted, other)],
    ['a file', () => 'file:///etc/passwd'],
    ['data', () => 'data:text/plain,x'],
    ['another protocol', () => 'gopher://127.0.0.1:70/'],
    ['a number for the address', (_, other) => other.replace('127.0.0.1', '2130706433')],
    ['an octal number', (_, other) => other.replace('127.0.0.1', '0177.0.0.1')],
    ['a short address', (_, other) => other.replace('127.0.0.1', '127.1')],
    ['nothing for the address', (_, other) => other.replace('127.0.0.1', '0')],
    ['IPv6 for IPv4', (_, other) => other.replace('127.0.0.1', '[::ffff:127.0.0.1]')],
    ['letters that look like digits', (_, other) => other.replace('127.0.0.1', '①②⑦.0.0.1')],
    ['a dot at the end', (_, other) => other.replace('127.0.0.1', 'localhost.')],
    ['what is no URL', () => '//'],
  ])('reaches nothing by %s', async (_name, url) => {
    expect(await on.got(fetching(url(origin, elsewhere())), {fetch: [origin]})).toMatch(
      /is not among the hook's origins|is not http|must be a URL|credentials/,
    )
    expect(requests).toEqual([])
  })

  it.each([301, 302, 303, 307, 308])('follows no redirect (%i) to an origin that was not granted', async (status) => {
    answer = (_, response) => response.writeHead(status, {location: `${elsewhere()}/stolen`}).end()
    expect(await on.got(fetching(origin), {fetch: [origin]})).toMatch(/is not among the hook's origins.*\(a redirect from http/)
  })

  it.each(['file:///etc/passwd', 'javascript:1', 'http://user:word@127.0.0.1/', '//'])('follows no redirect to %s', async (location) => {
    answer = (_, response) => response.writeHead(302, {location}).end()
    expect(await on.got(fetching(origin), {fetch: [origin]})).toMatch(/is not http|credentials|is no URL|must be a URL/)
  })

  it('follows no redirects in a circle', async () => {
    answer = (_, response) => response.writeHead(302, {location: '/again'}).end()
    expect(await on.got(fetching(origin), {fetch: [origin]})).toMatch(/more than 5 redirects/)
    expect(requests.length).toBeLessThan(10)
  })

  it('tells no other origin who asks', async () => {
    const other = createServer((request, response) => response.end(JSON.stringify(request.headers)))
    await new Promise<void>((resolve) => void other.listen(0, '127.0.0.1', resolve))
    const otherOrigin = `http://127.0.0.1:${(other.address() as {port: number}).port}`
    answer = (_, response) => response.writeHead(302, {location: otherOrigin}).end()
    const said = await on.got(fetching(origin, `, {headers: {authorization: 'Bearer token', cookie: 'a=b', 'x-key': 'k'}}`), {
      fetch: [origin, otherOrigin],
    })
    other.close()
    expect(said).not.toMatch(/token|a=b|x-key/)
    expect(said).toContain('user-agent')
  })

  it('reaches no private address by a name', async () => {
    const named = `http://${hostname()}:${on.stage.port}`
    expect(await on.got(fetching(named), {fetch: [named]})).toMatch(/which is not public|has no address/)
  })

  it('uses no proxy of the environment', async () => {
    vi.stubEnv('HTTP_PROXY', elsewhere()).stubEnv('http_proxy', elsewhere()).stubEnv('NODE_USE_ENV_PROXY', '1')
    const said = await on.got(fetching(origin), {fetch: [origin]})
    vi.unstubAllEnvs()
    expect(said).toBe('got "granted"')
  })

  it.each([
    ['a header with a line of its own', `{headers: {'x-a': '1\\r\\nHost: evil'}}`],
    ['a name of a header with a line of its own', `{headers: {'x-a: 1\\r\\nHost': 'evil'}}`],
    ['the host', `{headers: {Host: 'evil'}}`],
    ['the length', `{method: 'POST', body: 'x', headers: {'content-length': '100'}}`],
    ['the way of sending', `{method: 'POST', body: 'x', headers: {'Transfer-Encoding': 'chunked'}}`],
    ['where it comes from', `{headers: {'X-Forwarded-For': '10.0.0.1'}}`],
    ['a method of its own', `{method: 'GET / HTTP/1.1\\r\\nHost: evil\\r\\n\\r\\nGET'}`],
    ['a tunnel', `{method: 'CONNECT'}`],
    ['an option of Node', `{agent: {}, socketPath: '/var/run/docker.sock'}`],
    ['a body of two megabytes', `{method: 'POST', body: 'x'.repeat(2e6)}`],
    ['prototypes for headers', `{headers: JSON.parse('{"__proto__": {"host": "evil"}}')}`],
  ])('does not say %s', async (_name, options) => {
    const said = await on.got(`return tell(await (await ctx.fetch(${JSON.stringify(origin)}, ${options})).text())`, {fetch: [origin]})
    for (const {headers} of requests) expect(headers.host).toBe(origin.slice(7))
    expect(said).toMatch(/^ctx\.fetch: |larger than 1000000|got "granted"/)
    expect(requests.length).toBe(said.startsWith('got') ? 1 : 0)
  })

  it('takes no answer without end', async () => {
    answer = (_, response) => {
      const more = (): void => void (response.destroyed || (response.write('x'.repeat(65_536)), setImmediate(more)))
      more()
    }
    expect(await on.got(fetching(origin), {fetch: [origin]})).toMatch(/an answer of more than \d+ bytes/)
  })

  it('waits for no answer longer than the hook may take, and ends with it', async () => {
    answer = () => {}
    expect(await on.got(fetching(origin), {fetch: [origin]}, {}, {timeout: '1s'})).toMatch(/no answer within 1000 ms/)
    await vi.waitFor(() => expect(requests[0]?.socket.destroyed).toBe(true))
  })

  it('that was left behind ends with the hook', async () => {
    answer = () => {}
    expect(
      await on.got(
        `ctx.fetch(${JSON.stringify(origin)}).catch(() => {}); await ctx.fetch(${JSON.stringify(origin + '/x')}, {agent: 1}).catch(() => {}); return tell('gone')`,
        {fetch: [origin]},
      ),
    ).toBe('got "gone"')
    await vi.waitFor(() => expect(requests.every(({socket}) => socket.destroyed)).toBe(true))
  })

  it('is counted', async () => {
    const said = await on.got(
      `for (let n = 0; ; n++) await ctx.fetch(${JSON.stringify(origin)}).catch((e) => { throw new Error(n + ' ' + e.message) })`,
      {fetch: [origin]},
    )
    expect(said).toMatch(/^50 ctx\.fetch: more than 50 calls in one run/)
    expect(requests).toHaveLength(50)
  })
})
