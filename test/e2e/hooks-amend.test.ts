import {mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {Cli, user} from './cli.ts'

const cli = new Cli()
const file = join(cli.home, 'jobs.aurora')
const key = (name: string) => `devcluster/${user}/devel/${name}`

/** A file of hooks for one run, with a hook that asks for these changes. */
function amending(changes: string, on = 'amend:job.create'): string {
  const folder = join(cli.home, 'amending')
  mkdirSync(folder, {recursive: true})
  writeFileSync(join(folder, 'hook.js'), `import {amend} from '@auroractl/cli/hook'\nexport default (ctx) => amend(${changes})\n`)
  writeFileSync(join(folder, 'hooks.json'), JSON.stringify({hooks: [{name: 'house-rules', on: [on], script: 'hook.js'}]}))
  return join(folder, 'hooks.json')
}

beforeAll(async () => {
  writeFileSync(
    file,
    `import getpass
task = Task(processes = [Process(name = 'loop', cmdline = 'echo {{name}}; while true; do sleep 1; done')],
            resources = Resources(cpu = 0.1, ram = 16*MB, disk = 16*MB))
jobs = [Service(name = name, cluster = 'devcluster', role = getpass.getuser(), environment = 'devel', task = task) for name in ['one', 'two', 'three']]
`,
  )
  await cli.json(['local', 'start'])
})
afterAll(() => cli[Symbol.asyncDispose]())

describe('a hook that amends the configuration of a job', () => {
  it('has what it wants checked, shown and sent', async () => {
    const hooks = amending("{config: {instances: 2, contact: 'team@example.com', task: {resources: {ram: 32 << 20}}}}")
    const {code, stderr} = await cli.run(['job', 'create', key('one'), file, '--hooks', hooks, '--wait-until', 'RUNNING'])
    expect(code).toBe(0)
    expect(stderr).toContain(`house-rules (project ${hooks}) amends job.create:`)
    for (const line of [
      '- config.instances: 1',
      '+ config.instances: 2',
      '+ config.contact: "team@example.com"',
      '- config.task.resources.ram: 16777216',
      '+ config.task.resources.ram: 33554432',
    ])
      expect(stderr).toContain(line)
    const [status] = await cli.json<{active: {assignedTask: {task: {contactEmail: string; resources: object[]}}}[]}[]>([
      'job',
      'status',
      key('one'),
    ])
    expect(status?.active).toHaveLength(2)
    expect(status?.active[0]?.assignedTask.task).toMatchObject({contactEmail: 'team@example.com'})
    expect(JSON.stringify(status?.active[0]?.assignedTask.task.resources)).toContain('32')
  })

  it('shows it in a dry run, too, and sends nothing', async () => {
    const result = await cli.run(['job', 'create', key('two'), file, '--hooks', amending('{config: {instances: 4}}'), '--dry-run'])
    expect(result).toMatchObject({code: 0, stdout: expect.stringContaining('+ 4 instances')})
    expect(result.stderr).toMatch(/- config\.instances: 1\n.*\+ config\.instances: 4/)
    expect((await cli.run(['job', 'status', key('two')])).code).toBe(6)
  })

  it.each([
    ['{config: {instances: 0}}', /instances/],
    ["{config: {task: {resources: {ram: 'much'}}}}", /task\.resources\.ram/],
    ['{config: {task: {resources: {rma: 1}}}}', /config\.task\.resources\.rma: Resources has no field of that name/],
    ["{config: {name: 'other'}}", /config\.name: a hook cannot make it another job/],
    ['{config: {enable_hooks: false}}', /config\.enable_hooks: a hook cannot say whether others run/],
    ["{config: {cron_schedule: '* * * * *'}}", /Cron jobs may only be scheduled/],
    ['{config: 3}', /config must be an object/],
    ['{instances: [0]}', /job\.create has no 'instances' that a hook may amend/],
  ])('is refused %s, with where it is wrong, and nothing is created', async (changes, message) => {
    const result = await cli.run(['job', 'create', key('three'), file, '--hooks', amending(changes)])
    expect(result).toMatchObject({code: 4, stdout: ''})
    expect(result.stderr).toContain('house-rules (project ')
    expect(result.stderr).toMatch(message)
    expect((await cli.run(['job', 'status', key('three')])).code).toBe(6)
  })
})

describe('a hook that amends a killall', () => {
  it('protects instances of it', async () => {
    const hooks = amending('{instances: ctx.instances.slice(1)}', 'amend:job.killall')
    const result = await cli.run(['job', 'killall', key('one'), '--hooks', hooks])
    expect(result).toMatchObject({code: 0, stdout: expect.stringContaining('Successfully killed instances [1]')})
    expect(result.stderr).toMatch(/amends job\.killall:\n.*- instances: \[0,1\]\n.*\+ instances: \[1\]/)
  })

  it('cannot add some', async () => {
    const hooks = amending('{instances: [0, 7]}', 'amend:job.killall')
    expect(await cli.run(['job', 'killall', key('one'), '--hooks', hooks])).toMatchObject({
      code: 4,
      stderr: expect.stringContaining('instances must be a part of the selected ones'),
    })
  })
})
