import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import {loadClusters} from '../../src/cluster/clusters.ts'
import {localStateFile, readLocalState} from '../../src/cluster/local-state.ts'

let folder: string
let env: NodeJS.ProcessEnv

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aurora-clusters-'))
  env = {HOME: join(folder, 'home'), AURORA_CONFIG_ROOT: join(folder, 'etc')}
})
afterEach(() => rm(folder, {recursive: true}))

async function write(path: string, content: unknown): Promise<string> {
  const file = join(folder, path)
  await mkdir(dirname(file), {recursive: true})
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content))
  return file
}

const SITE = 'etc/clusters.json'
const OWN = 'home/.aurora/clusters.json'

describe('the files', () => {
  test('the later one replaces whole entries of the earlier one', async () => {
    await write(SITE, [
      {name: 'west', scheduler_uri: 'http://a', slave_root: '/old'},
      {name: 'east', scheduler_uri: 'http://b'},
    ])
    await write(OWN, [{name: 'west', scheduler_uri: 'http://c'}])
    const clusters = await loadClusters(env)
    expect(clusters.names()).toEqual(['west', 'east'])
    expect(clusters.get('west')).toMatchObject({schedulerUri: 'http://c', source: join(folder, OWN)})
    expect(clusters.get('west').slaveRoot).toBeUndefined()
    expect(clusters.list().map(({name}) => name)).toEqual(['west', 'east'])
  })

  test('AURORA_CONFIG_ROOT may be the file itself', async () => {
    const file = await write('mine.json', [{name: 'west'}])
    expect((await loadClusters({...env, AURORA_CONFIG_ROOT: file})).names()).toEqual(['west'])
  })

  test('the sample of the documentation is read: comments, a trailing comma, no scheme', async () => {
    await write(SITE, '// my clusters\n[{\n  "name": "devcluster", /* here */\n  "scheduler_uri": "localhost:55555",\n}]\n')
    expect((await loadClusters(env)).get('devcluster')).toMatchObject({schedulerUri: 'http://localhost:55555', local: false})
  })

  test('an object is read for its values; what has no name is passed over', async () => {
    await write(SITE, {x: {name: 'west'}, y: {scheduler_uri: 'http://a'}})
    expect((await loadClusters(env)).names()).toEqual(['west'])
  })

  test.each([
    ['[\n  {"name": "west"\n', 'Unable to parse FILE: close brace expected (FILE, line 3, column 1)'],
    ['[\n  {"name" "west"}]', 'Unable to parse FILE: colon expected (FILE, line 2, column 11)'],
    ['"west"', 'Unknown layout in FILE (FILE, line 1, column 1)'],
    ['[\n  "west"\n]', 'Clusters must be maps of key/value pairs, got string (FILE, line 2, column 3)'],
    ['{"a": {"name": "b"}, "c": []}', 'Clusters must be maps of key/value pairs, got list (FILE, line 1, column 27)'],
    ['', 'Unable to parse FILE: value expected (FILE, line 1, column 1)'],
  ])('%j is refused with its place', async (content, message) => {
    const file = await write(SITE, content)
    await expect(loadClusters(env)).rejects.toMatchObject({fault: 'user', exitCode: 3, message: message.replaceAll('FILE', file)})
  })

  test('one that cannot be read is an error', async () => {
    await mkdir(join(folder, OWN), {recursive: true})
    await expect(loadClusters(env)).rejects.toMatchObject({exitCode: 3, code: 'cluster.file-unreadable'})
  })
})

describe('a cluster', () => {
  test('has the defaults of the reference, and keeps what it does not know', async () => {
    await write(SITE, [{name: 'west', zk: 'zoo1,zoo2', scheduler_zk_path: '/aurora', rack: {size: 3}}])
    expect((await loadClusters(env)).get('west')).toMatchObject({
      zk: 'zoo1,zoo2',
      zkPort: 2181,
      schedulerZkPath: '/aurora',
      authMechanism: 'UNAUTHENTICATED',
      dockerRegistry: 'https://registry-1.docker.io',
      properties: {rack: {size: 3}},
    })
  })

  test('with a wrong property is an error when it is used, not before', async () => {
    await write(SITE, [
      {name: 'west', zk_port: 'many'},
      {name: 'north', scheduler_uri: 'ftp://x'},
      {name: 'east', zk_port: '2182'},
    ])
    const clusters = await loadClusters(env)
    expect(clusters.get('east').zkPort).toBe(2182)
    expect(() => clusters.get('west')).toThrow(`Cluster west in ${join(folder, SITE)}: zk_port must be a port number, not "many"`)
    expect(() => clusters.get('north')).toThrow('scheduler_uri must be an http or https URL')
  })

  test('that is unknown: the ones that are there, or how to get one', async () => {
    await expect(loadClusters(env).then((clusters) => clusters.get('west'))).rejects.toMatchObject({
      message: 'Unknown cluster: west',
      code: 'cluster.unknown',
      exitCode: 3,
      remedy: expect.stringContaining('aurora local start') as unknown,
    })
    await write(SITE, [{name: 'north'}, {name: 'east'}])
    await expect(loadClusters(env).then((clusters) => clusters.get('__proto__'))).rejects.toMatchObject({
      remedy: 'Valid clusters: east, north.',
    })
  })
})

describe('the local cluster', () => {
  const state = {
    name: 'devcluster',
    schedulerUri: 'http://127.0.0.1:8081',
    pid: 1,
    build: 'b1',
    slaveRoot: '/s',
    slaveRunDirectory: 'latest',
  }

  test('is known without any file once it was started', async () => {
    await write('home/.local/state/aurora/local/devcluster/state.json', state)
    expect((await loadClusters(env)).get('devcluster')).toMatchObject({
      schedulerUri: 'http://127.0.0.1:8081',
      slaveRoot: '/s',
      slaveRunDirectory: 'latest',
      local: true,
    })
    await expect(readLocalState(env)).resolves.toEqual(state)
  })

  test('yields to an entry of the same name', async () => {
    await write('home/.local/state/aurora/local/devcluster/state.json', state)
    await write(OWN, [{name: 'devcluster', scheduler_uri: 'http://other'}])
    expect((await loadClusters(env)).get('devcluster')).toMatchObject({schedulerUri: 'http://other', local: false})
  })

  test.each(['', '{"name":', '{"name": "other", "schedulerUri": "http://x", "pid": 1, "build": "b"}', '{"name": "devcluster"}'])(
    'a damaged state file (%j) is as good as none',
    async (content) => {
      await write('home/.local/state/aurora/local/devcluster/state.json', content)
      expect((await loadClusters(env)).names()).toEqual([])
    },
  )

  test('has its folder where XDG_STATE_HOME says, unless that is relative', () => {
    expect(localStateFile({HOME: '/h', XDG_STATE_HOME: '/x'})).toBe('/x/aurora/local/devcluster/state.json')
    expect(localStateFile({HOME: '/h', XDG_STATE_HOME: 'x'})).toBe('/h/.local/state/aurora/local/devcluster/state.json')
  })

  test.each(['..', '../x', 'a/b', ''])('cannot be named %j', (name) => {
    expect(() => localStateFile({HOME: '/h'}, name)).toThrow('cannot be named')
  })
})
