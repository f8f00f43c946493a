import {mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {Cli, user} from './cli.ts'
import {hasTmux, Terminal} from './terminal.ts'

const cli = new Cli()
const key = `devcluster/${user}/prod/guarded`
const TOKEN = 'hunter2-"quoted"'

/** Links a plugin with one hook, `guard`, for the time of a test. */
async function guarded(needs: object, body: string, test: () => Promise<void>): Promise<void> {
  const folder = join(cli.home, 'team')
  mkdirSync(folder, {recursive: true})
  const hook = {
    name: 'guard',
    on: ['amend', 'pre', 'error', 'finally'].map((phase) => `${phase}:job.kill`),
    script: 'guard.js',
    needs,
    timeout: '10s',
  }
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({name: 'team', version: '1.0.0', type: 'module', oclif: {}, aurora: {hooks: [hook]}}),
  )
  writeFileSync(
    join(folder, 'guard.js'),
    `import {allow, amend, deny, hint} from '@auroractl/cli/hook'\nexport default async (ctx) => {\n${body}\n}\n`,
  )
  expect(await cli.run(['plugins', 'link', folder])).toMatchObject({code: 0})
  try {
    await test()
  } finally {
    expect(await cli.run(['plugins', 'unlink', folder])).toMatchObject({code: 0})
  }
}

beforeAll(async () => {
  const file = join(cli.home, 'jobs.aurora')
  writeFileSync(
    file,
    `import getpass
jobs = [Service(name = 'guarded', cluster = 'devcluster', role = getpass.getuser(), environment = 'prod', instances = 2,
  task = Task(processes = [Process(name = 'loop', cmdline = 'while true; do sleep 1; done')],
              resources = Resources(cpu = 0.1, ram = 16*MB, disk = 16*MB)))]
`,
  )
  await cli.json(['local', 'start'])
  await cli.json(['job', 'create', key, file, '--wait-until', 'RUNNING'])
})
afterAll(() => cli[Symbol.asyncDispose]())

it('asks the scheduler of the cluster', async () => {
  const body = `if (ctx.phase !== 'pre') return
    const {tasks} = await ctx.scheduler.getTasksWithoutConfigs({role: ctx.job.role, jobName: ctx.job.name, statuses: ['RUNNING']})
    return deny('running: ' + tasks.map(({assignedTask}) => assignedTask.instanceId).toSorted())`
  await guarded({scheduler: true}, body, async () => {
    expect(await cli.run(['job', 'kill', `${key}/0`])).toMatchObject({code: 4, stderr: expect.stringContaining('running: 0,1')})
  })
})

describe('a secret', () => {
  const needs = {secret: ['TOKEN']}
  const env = {TOKEN}
  const journal = () => {
    const folder = join(cli.home, '.local/state/aurora/runs')
    return readdirSync(folder, {recursive: true, withFileTypes: true})
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
      .join('')
  }

  it.each([['--progress=plain'], ['--progress=json'], ['--json'], ['--verbose']])(
    'is in nothing that the command writes, with %s',
    async (flag) => {
      const body = `const secret = await ctx.secret('TOKEN')
      ctx.log.warn('with ' + secret)
      if (ctx.phase === 'amend') return amend({instances: secret})
      if (ctx.phase === 'error') return hint('try ' + secret)
      return deny('because of ' + secret)`
      await guarded(needs, body, async () => {
        const {code, stdout, stderr} = await cli.run(['job', 'kill', `${key}/0`, flag], {env})
        expect(code).toBe(4)
        expect(stderr).toContain('with ***')
        expect(stdout + stderr + journal()).not.toMatch(/hunter2/)
      })
    },
  )

  it('is in no denial and no error', async () => {
    const body = "if (ctx.phase === 'pre') throw new Error('it is ' + (await ctx.secret('TOKEN')))"
    await guarded(needs, body, async () => {
      const {stdout, stderr} = await cli.run(['job', 'kill', `${key}/0`, '--json'], {env})
      expect(stdout).toContain('it is ***')
      expect(stderr).toContain('it is ***')
      expect(stdout + stderr + journal()).not.toMatch(/hunter2/)
    })
  })
})

describe('a question', () => {
  const body = "if (ctx.phase === 'pre' && !(await ctx.prompt.confirm('Kill it?'))) return deny('not confirmed')"

  it('needs a terminal, or an answer on the command line or in a file', async () => {
    await guarded({prompt: true}, body, async () => {
      const kill = ['job', 'kill', `${key}/9`]
      expect(await cli.run(kill)).toMatchObject({code: 4, stderr: expect.stringContaining("--answer 'guard=…'")})
      expect(await cli.run([...kill, '--answer', 'guard=no'])).toMatchObject({code: 4, stderr: expect.stringContaining('not confirmed')})
      expect(await cli.run([...kill, '--answer', 'guard:Kill it?=yes'])).toMatchObject({code: 0})
      writeFileSync(join(cli.home, 'answers.json'), '{"guard": true}')
      expect(await cli.run([...kill, '--answers', 'answers.json'])).toMatchObject({code: 0})
      expect(await cli.run([...kill, '--answers', 'none.json'])).toMatchObject({
        code: 2,
        stderr: '--answers: none.json: there is no such file\n',
      })
      expect(await cli.run([...kill, '--answer', 'guard'])).toMatchObject({code: 2, stderr: expect.stringContaining('NAME=VALUE')})
    })
  })

  it.skipIf(!hasTmux)('is taken back when the hook is over, and asked one after the other', async () => {
    const both = `if (ctx.phase !== 'pre') return
      const [sure] = await Promise.all([ctx.prompt.confirm('First?'), ctx.prompt.confirm('Second?')])
      ctx.prompt.input('Never answered').catch(() => {})
      return deny('sure: ' + sure)`
    await guarded({prompt: true}, both, async () => {
      using terminal = new Terminal(cli)
      terminal.start('job', 'kill', `${key}/9`)
      expect(await terminal.see(/\[guard\] First\?/)).not.toContain('Second?')
      terminal.type('y', 'Enter')
      await terminal.see(/\[guard\] Second\?/)
      terminal.type('n', 'Enter')
      expect(await terminal.see(/ended: 4/)).toContain('sure: true')
    })
  })
})

it('does nothing in a dry run, and says what it would have done', async () => {
  const body = `if (ctx.phase === 'finally') await ctx.fetch('https://change.example.com/ended')
    if (ctx.phase !== 'pre') return
    await ctx.store.set('kills', 1)
    const {stdout} = await ctx.exec('touch', ['marked'])
    const answer = await ctx.fetch('https://change.example.com/kills', {method: 'POST'})
    if (!(await answer.json()).approved) return deny('not approved')`
  await guarded({store: true, exec: ['touch'], fetch: ['https://change.example.com']}, body, async () => {
    const {code, stdout, stderr} = await cli.run(['job', 'kill', `${key}/0`, '--dry-run', '--json'])
    expect(code).toBe(0)
    expect((JSON.parse(stdout) as {effects: object[]}).effects).toEqual([
      {text: "keep 'kills' in the hook's store", call: 'set', target: 'kills', hook: 'guard'},
      {text: 'run touch marked', call: 'touch', target: 'touch marked', hook: 'guard'},
      {text: 'send POST https://change.example.com/kills', call: 'POST', target: 'https://change.example.com/kills', hook: 'guard'},
      expect.objectContaining({call: 'killTasks'}),
      expect.objectContaining({text: 'send GET https://change.example.com/ended', hook: 'guard'}),
    ])
    expect(stderr).toMatch(
      /it cannot be known what guard would answer: a dry run does not run touch marked, send POST \S+; without that it says: not approved/,
    )
    expect(readdirSync(cli.home)).not.toContain('marked')
    expect(readdirSync(join(cli.home, '.local/share/aurora'))).not.toContain('hook-data')
  })
})
