import {afterEach, describe, expect, test} from 'vitest'
import {clusterOf} from '../../src/cluster/cluster.ts'
import {bindHelped, isHelped} from '../../src/config/binding-helpers.ts'
import {tokenFor} from '../../src/config/images/token.ts'
import {DIGEST, type RegistryOptions, startRegistry} from './image-registry.ts'

type Registry = Awaited<ReturnType<typeof startRegistry>>
const started: Registry[] = []
afterEach(async () => {
  for (const registry of started.splice(0)) await registry[Symbol.asyncDispose]()
})

async function registryWith(options: RegistryOptions = {}): Promise<Registry> {
  const registry = await startRegistry(options)
  started.push(registry)
  return registry
}

const told: string[] = []
async function bind(registry: string, ...addresses: string[]): Promise<unknown> {
  const cluster = clusterOf('west', {docker_registry: registry}, 'clusters.json')
  return bindHelped(addresses, {cluster, signal: new AbortController().signal, info: (text) => told.push(text)})
}

const WEB = 'docker.image[team/web][1.0]'
const BEARER = 'Bearer realm="ORIGIN/token?a=b",service="registry.test",scope="repository:team/web:pull"'

test('only references of the form are for it', () => {
  expect([WEB, 'docker.image[web]', 'docker.image', 'image[web][1]', 'docker.image[a][b].c'].map(isHelped)).toEqual([
    true,
    false,
    false,
    false,
    false,
  ])
})

test('an image by its digest, with the host of the registry, asked once', async () => {
  const registry = await registryWith()
  expect(await bind(registry.origin, WEB, 'version')).toEqual([[WEB, `${registry.host}/team/web@${DIGEST}`]])
  expect(await bind(registry.origin, WEB)).toEqual([[WEB, `${registry.host}/team/web@${DIGEST}`]])
  expect(registry.asked).toEqual(['HEAD /v2/', 'HEAD /v2/team/web/manifests/1.0'])
  expect(told).toEqual([`Resolved team/web:1.0 => ${registry.host}/team/web@${DIGEST}`])
})

test.each(['{"token": "t0k3n"}', '{"access_token": "t0k3n"}'])('with a token that everybody gets: %s', async (token) => {
  const registry = await registryWith({challenge: BEARER, token})
  expect(await bind(registry.origin, WEB)).toEqual([[WEB, `${registry.host}/team/web@${DIGEST}`]])
  expect(registry.asked).toEqual([
    'HEAD /v2/',
    'GET /token?a=b&service=registry.test&scope=repository%3Ateam%2Fweb%3Apull',
    'HEAD /v2/ Bearer t0k3n',
    'HEAD /v2/team/web/manifests/1.0 Bearer t0k3n',
  ])
})

describe('is refused', () => {
  test.each<[string, RegistryOptions, string]>([
    ['no such image', {}, 'Unable to resolve image team/other:1.0'],
    ['no registry', {probe: 404}, ' is not a registry v2'],
    ['a password', {challenge: 'Basic realm="x"'}, 'Basic authorization not supported: Basic realm="x"'],
    ['another scheme', {challenge: 'Digest realm="x"'}, 'Unknown auth challenge: Digest realm="x"'],
    ['no challenge', {challenge: ''}, 'No auth challenge.'],
    ['no token', {challenge: BEARER, token: 'no'}, 'gives no token for the registry'],
    ['a token that is none', {challenge: BEARER, token: '{"token": "a\\r\\nb"}'}, 'gives no token for the registry'],
    ['a token service without encryption', {challenge: 'Bearer realm="http://auth.example.com/token"'}, 'which is no https address'],
    ['a token that does not come to its end', {challenge: BEARER, lost: true}, 'could not be asked about an image: '],
    ['an endless token', {challenge: BEARER, token: `{"token": "${'x'.repeat(2 << 20)}"}`}, 'answers more than 1048576 bytes'],
  ])('%s', async (_, options, message) => {
    const registry = await registryWith(options)
    await expect(bind(registry.origin, 'docker.image[team/other][1.0]')).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining(message),
    })
  })

  test('an image that not everybody may see', async () => {
    const registry = await registryWith({challenge: BEARER, hidden: true})
    await expect(bind(registry.origin, WEB)).rejects.toThrow('Private Docker repository - team/web:1.0')
  })

  test('an answer without a digest, or with something else in its place', async () => {
    for (const digest of ['', 'latest; rm -rf']) {
      const registry = await registryWith({digest})
      await expect(bind(registry.origin, WEB)).rejects.toThrow('Unable to resolve image team/web:1.0')
    }
  })

  test('what listens on this machine alone, at the word of a registry elsewhere', async () => {
    const asked = tokenFor(new URL('https://registry.example.com/v2/'), 'Bearer realm="http://127.0.0.1:1/"', new AbortController().signal)
    await expect(asked).rejects.toThrow('which is no https address')
  })

  test('a name that leaves the folder of its registry, before anybody is asked', async () => {
    const registry = await registryWith()
    await expect(bind(registry.origin, 'docker.image[../../admin][1]')).rejects.toThrow('Unable to resolve image ../../admin:1')
    expect(registry.asked).toEqual([])
  })

  test('nobody there', async () => {
    const registry = await registryWith()
    await registry[Symbol.asyncDispose]()
    started.pop()
    await expect(bind(registry.origin, WEB)).rejects.toThrow(`${registry.origin} could not be asked about an image: connection refused`)
  })

  test('an address with a password in it, which is not repeated', async () => {
    const error: unknown = await bind('https://me:s3cret@registry.example.com', WEB).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({exitCode: 3, message: expect.not.stringContaining('s3cret')})
  })
})

test('is asked again after a failure', async () => {
  const registry = await registryWith()
  await expect(bind(registry.origin, 'docker.image[team/none][1]')).rejects.toThrow()
  await expect(bind(registry.origin, 'docker.image[team/none][1]')).rejects.toThrow()
  expect(registry.asked).toHaveLength(4)
})

test('stops when the command is interrupted', async () => {
  const registry = await registryWith({silent: true})
  const stop = new AbortController()
  const cluster = clusterOf('west', {docker_registry: registry.origin}, 'clusters.json')
  const binding = bindHelped([WEB], {cluster, signal: stop.signal, info: () => {}})
  stop.abort(new Error('interrupted'))
  await expect(binding).rejects.toThrow('interrupted')
})
