/** The example of a team that composes an operation of its own: it type-checks against our types, and has all that ours have. */
import {execFile} from 'node:child_process'
import {cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {Cli, repository, user} from './cli.ts'
import {killed} from './killed.ts'

const cli = new Cli()
const plugin = join(cli.home, 'team-redeploy')
const file = join(cli.home, 'jobs.aurora')
const log = join(cli.home, 'redeploys.log')
const key = `devcluster/${user}/devel/shop`
const args = ['team', 'redeploy', key, file, '--ticket', 'OPS-12', '--log', log]

/** The compiler's complaints; none when all is right. It writes the plugin's `dist` then. */
function compile(): Promise<string> {
  return new Promise((resolve) => {
    execFile(join(repository, 'node_modules/.bin/tsc'), ['-p', plugin], (error, stdout) => resolve(error ? stdout || error.message : ''))
  })
}

async function taskIds(): Promise<string[]> {
  const {stdout} = await cli.run(['job', 'status', key, '--json'])
  const [status] = JSON.parse(stdout) as {active: {assignedTask: {taskId: string}}[]}[]
  return (status?.active ?? []).map(({assignedTask}) => assignedTask.taskId)
}

beforeAll(async () => {
  cpSync(join(repository, 'docs/examples/team-redeploy'), plugin, {recursive: true})
  mkdirSync(join(plugin, 'node_modules/@auroractl'), {recursive: true})
  symlinkSync(repository, join(plugin, 'node_modules/@auroractl/cli'))
  symlinkSync(join(repository, 'node_modules/@types'), join(plugin, 'node_modules/@types'))
  writeFileSync(
    file,
    `import getpass
jobs = [Service(name = 'shop', cluster = 'devcluster', role = getpass.getuser(), environment = 'devel', instances = 2,
  task = Task(processes = [Process(name = 'loop', cmdline = 'while true; do sleep 1; done')],
              resources = Resources(cpu = 0.1, ram = 16*MB, disk = 16*MB)))]
`,
  )
  const complaints = await compile()
  if (complaints !== '') throw new Error(complaints)
  await cli.json(['local', 'start'])
  await cli.json(['plugins', 'link', plugin])
})
afterAll(() => cli[Symbol.asyncDispose]())

describe('a composed operation', () => {
  it('has the steps of ours and its own', async () => {
    expect(await cli.run(args)).toMatchObject({
      code: 6,
      stdout: '',
      stderr: expect.stringContaining(`Nothing of ${key} runs\nTo create it`),
    })
    await cli.json(['job', 'create', key, file, '--wait-until', 'RUNNING'])
    const before = await taskIds()
    expect(await cli.run(args)).toMatchObject({code: 0, stdout: `Redeployed ${key}: 2 ended, 2 created.\n`})
    const after = await taskIds()
    expect(after).toHaveLength(2)
    expect(after.filter((id) => before.includes(id))).toEqual([])
    expect(readFileSync(log, 'utf8')).toBe(`redeployed ${key} for OPS-12\n`)
    expect(await cli.json(args)).toMatchObject({job: key, replaced: 2, created: 2})
  })

  it('plans in a dry run, its own step among the others, and changes nothing', async () => {
    const before = [await taskIds(), readFileSync(log, 'utf8')]
    const {effects} = await cli.json<{effects: {text: string; call: string}[]}>([...args, '--dry-run'])
    expect(effects).toMatchObject([
      {call: 'killTasks', text: `kill instances [0, 1] of ${key}`},
      {call: 'createJob', text: `create ${key}`},
      {call: 'append', text: `note it in ${log}`},
    ])
    expect(await cli.run([...args, '--dry-run'])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Would kill [\s\S]*\n {2}\+ redeployed/),
    })
    expect([await taskIds(), readFileSync(log, 'utf8')]).toEqual(before)
  })

  it('is gone on with when it was killed, and does nothing twice', async () => {
    for (const point of ['before effect.done', 'after effect.done', 'before run.finished']) {
      const [before, noted] = [await taskIds(), readFileSync(log, 'utf8').length]
      expect(await killed(cli, args, point)).toMatchObject({signal: 'SIGKILL'})
      const [run] = await cli.json<{id: string; status: string}[]>(['runs', 'list'])
      expect(run).toMatchObject({status: 'interrupted', operation: 'team.redeploy'})
      const resumed = await cli.run(['runs', 'resume', run?.id ?? ''])
      expect(resumed).toMatchObject({code: 0, stdout: `Redeployed ${key}: 2 ended, 2 created.\n`})
      const after = await taskIds()
      expect({point, count: after.length, old: after.filter((id) => before.includes(id))}).toEqual({point, count: 2, old: []})
      expect(readFileSync(log, 'utf8').slice(noted)).toBe(`redeployed ${key} for OPS-12\n`)
    }
  }, 90_000)

  it('fails as ours do: before anything is touched, and with what was done', async () => {
    const before = await taskIds()
    expect((await cli.run([...args.slice(0, 3), '/no/such.aurora', ...args.slice(4)])).code).toBe(3)
    expect(await taskIds()).toEqual(before)
    const failed = await cli.run(['team', 'redeploy', key, file, '--ticket', 'OPS-12', '--log', cli.home, '--json'])
    expect(failed.code).toBe(4)
    expect(JSON.parse(failed.stdout)).toMatchObject({
      status: 'partly',
      done: expect.stringMatching(/kill instances \[0, 1\][\s\S]*job \S+ was created/),
      left: 'note the redeploy',
    })
  })

  it.each([
    {point: 'pre:team.redeploy', says: 'team.redeploy OPS-12 0,1'},
    {point: 'pre:job.kill', says: 'team.redeploy OPS-12 0,1'},
  ])('is guarded by a hook at $point', async ({point, says}) => {
    const folder = join(cli.home, point.replace(/\W/g, '-'))
    mkdirSync(folder)
    const aurora = {hooks: [{name: 'guard', on: [point], script: 'hook.js'}]}
    writeFileSync(join(folder, 'package.json'), JSON.stringify({name: 'team-guard', version: '1.0.0', type: 'module', oclif: {}, aurora}))
    writeFileSync(
      join(folder, 'hook.js'),
      "import {deny} from '@auroractl/cli/hook'\nexport default (ctx) => deny(`${ctx.operation} ${ctx.options.ticket} ${ctx.instances}`)",
    )
    const before = await taskIds()
    await cli.json(['plugins', 'link', folder])
    expect(await cli.run(args)).toMatchObject({code: 4, stdout: '', stderr: expect.stringContaining(says)})
    await cli.json(['plugins', 'unlink', 'team-guard'])
    expect(await taskIds()).toEqual(before)
  })
})

describe('the compiler', () => {
  it.each([
    {
      what: 'a step that reads what no earlier step added',
      code: "operation<'team.redeploy', RedeployInput>('team.redeploy').read(requireRunning)",
      says: /'selected'|"selected"/,
    },
    {
      what: 'an operation that is not registered',
      code: "operation<'team.redeplyo', RedeployInput>('team.redeplyo')",
      says: /team\.redeplyo/,
    },
    {
      what: 'a step that adds what the context has already',
      code: "operation<'team.redeploy', RedeployInput>('team.redeploy').read(findCluster).read(findCluster)",
      says: /already has 'scheduler'|2 arguments/,
    },
  ])('refuses $what', async ({code, says}) => {
    const misuse = join(plugin, 'src/misuse.ts')
    writeFileSync(
      misuse,
      `import {operation, resolveScheduler as findCluster} from '@auroractl/cli'
import type {RedeployInput} from './operations/redeploy.ts'
import {requireRunning} from './steps/require-running.ts'
export const used = [findCluster, requireRunning]
export const misused = ${code}
`,
    )
    const complaints = await compile()
    writeFileSync(misuse, '')
    expect(complaints).toMatch(/src\/misuse\.ts\(5,/)
    expect(complaints).toMatch(says)
    expect(existsSync(join(plugin, 'dist/operations/redeploy.js'))).toBe(true)
  })
})
