import {mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {Cli} from './cli.ts'

const cli = new Cli()
const project = join(cli.home, 'shop')
const key = (environment: string) => `west/www/${environment}/shop`

interface Explained {
  point: string
  name: string
  source: string
  runs: string
  because?: string
  blocked?: string
}
const explain = async (...args: string[]) => (await cli.json<{hooks: Explained[]}>(['hooks', 'explain', ...args])).hooks

function write(path: string, content: string | object): void {
  mkdirSync(join(cli.home, path, '..'), {recursive: true})
  writeFileSync(join(cli.home, path), typeof content === 'string' ? content : JSON.stringify(content))
}

beforeAll(async () => {
  const schema = {type: 'object', properties: {max: {type: 'integer'}}}
  const hooks = [
    {name: 'freeze', on: ['pre:job.kill', 'finally:job.killall'], script: 'guard.js', when: {environment: 'prod'}, needs: {prompt: true}},
    {name: 'limit', on: ['amend:job.kill'], script: 'guard.js', schema, optional: true},
  ]
  write('team/package.json', {name: 'team', version: '1.0.0', oclif: {}, aurora: {hooks}})
  write('team/guard.js', 'export default () => {}')
  await cli.run(['plugins', 'link', join(cli.home, 'team')])
  const entries = [
    {use: 'team/limit', with: {max: 2}, when: {role: 'w*'}},
    {name: 'ask', on: ['pre:job.kill'], script: 'guard.js', needs: {prompt: true}, timeout: '1m', onFailure: 'ignore'},
  ]
  write('shop/aurora.json', {hooks: entries})
  write('shop/guard.js', 'export default () => {}')
  write(
    'shop/shop.aurora',
    `class House(object):
  def pre_kill_job(self, *args, **kw): pass
hooks = [House()]
jobs = [Service(name = 'shop', cluster = 'west', role = 'www', environment = environment, enable_hooks = environment == 'prod',
  task = Task(processes = [Process(name = 'x', cmdline = 'x')], resources = Resources(cpu = 1, ram = 16*MB, disk = 16*MB)))
  for environment in ['prod', 'devel']]
`,
  )
})
afterAll(() => cli[Symbol.asyncDispose]())

describe('hooks explain', () => {
  it('tells the hooks of an operation in the order in which they run, by the words of its command', async () => {
    const hooks = await explain('job', 'killall', key('prod'), join(project, 'shop.aurora'))
    expect(hooks.map(({point, name, runs}) => [point, name, runs])).toEqual([
      ['pre:job.kill', 'ask', 'yes'],
      ['pre:job.kill', 'freeze', 'yes'],
      ['amend:job.kill', 'limit', 'yes'],
      ['amend:job.kill', 'limit', 'no'],
      ['finally:job.killall', 'freeze', 'yes'],
    ])
    expect(await explain('job.killall', key('prod'), join(project, 'shop.aurora'))).toEqual(hooks)
  })

  it('tells origin, limits, powers, what is said to it, and what blocks it', async () => {
    const hooks = await explain('job', 'kill', key('prod'), join(project, 'shop.aurora'))
    expect(hooks.find(({name}) => name === 'ask')).toMatchObject({
      kind: 'project',
      source: `project ${join(project, 'aurora.json')}`,
      limits: {timeoutMs: 60_000, cpuMs: 2_000, heapMb: 64},
      powers: ['ask you questions on the terminal'],
      granted: false,
      blocked: expect.stringContaining('aurora hooks grant'),
      onFailure: 'ignore',
      skippable: true,
    })
    expect(hooks[0]).toMatchObject({name: 'limit', with: {max: 2}, when: [{}, {role: ['w*']}]})
  })

  it('says for which jobs, and why not for this one', async () => {
    const [depends] = await explain('job', 'kill')
    expect(depends).toMatchObject({name: 'limit', runs: 'no', because: 'it is optional, and no file uses it'})
    expect((await explain('job', 'kill'))[1]).toMatchObject({name: 'freeze', runs: 'depends', because: 'environment is prod'})
    expect((await explain('job', 'kill', key('devel')))[1]).toMatchObject({runs: 'no', because: 'environment is devel, not prod'})
  })

  it('shows it as a table', async () => {
    const {stdout} = await cli.run(['hooks', 'explain', 'job', 'kill', key('devel')], {cwd: project})
    expect(stdout).toMatch(/^POINT +HOOK +SOURCE +RUNS +TIME +CPU +HEAP +SKIPPABLE +POWERS\namend:job.kill +limit +project /)
    expect(stdout).toContain('limit is told {"max":2}')
    expect(stdout).toContain('freeze does not run: environment is devel, not prod')
    expect((await cli.run(['hooks', 'explain', 'job', 'list'])).stdout).toBe('No hooks run around job.list\n')
  })

  it('names the hooks of the configuration, where the job enables them', async () => {
    const file = join(project, 'shop.aurora')
    const {configHooks} = await cli.json<{configHooks: object[]}>(['hooks', 'explain', 'job', 'kill', key('prod'), file])
    expect(configHooks).toEqual([{name: 'House', source: expect.stringMatching(/^config .*shop\.aurora$/), methods: ['pre_kill_job']}])
    expect(await cli.json(['hooks', 'explain', 'job', 'kill', key('devel'), file])).toMatchObject({configHooks: []})
    const {stdout} = await cli.run(['hooks', 'explain', 'job', 'list', key('prod'), file])
    expect(stdout).toMatch(
      /^No hooks run around job\.list of .*\nHouse \(config .*\) is asked around calls to the scheduler: pre_kill_job\n$/,
    )
  })

  it.each([
    [['job.kil'], 6, 'did you mean job.kill'],
    [['job', 'kill', 'west/www/none/shop', join(project, 'shop.aurora')], 3, 'west/www/none/shop'],
    [['job', 'kill', 'west/www/prod'], 2, 'CLUSTER/ROLE/ENV/JOB'],
  ])('refuses %j', async (args, code, message) => {
    const result = await cli.run(['hooks', 'explain', ...args])
    expect(result).toMatchObject({code, stdout: ''})
    expect(result.stderr).toContain(message)
  })
})

describe('hooks list', () => {
  it('has those of the project of the current folder, before those of plugins', async () => {
    const list = async (cwd: string) =>
      (
        JSON.parse((await cli.run(['hooks', 'list', '--json'], {cwd})).stdout) as {hooks: {name: string; kind: string; state: string}[]}
      ).hooks.map(({name, kind, state}) => `${kind} ${name} ${state}`)
    expect(await list(cli.home)).toEqual(['plugin freeze ready', 'plugin limit unused'])
    expect(await list(project)).toEqual(['project limit ready', 'project ask blocked', 'plugin freeze ready', 'plugin limit unused'])
  })
})
