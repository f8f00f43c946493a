/** Commands that have little to do with schedulers are operations, too: hooks guard them, and a dry run of them changes nothing. */
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {Cli, user} from './cli.ts'

const cli = new Cli()
const key = `devcluster/${user}/devel/kept`
const file = join(cli.home, 'jobs.aurora')
const output = join(cli.home, 'jobs.yaml')
const cluster = join(cli.home, '.local/state/aurora/local/devcluster')

interface Planned {
  effects: {text: string; call: string; target: string; difference: string[]}[]
}

beforeAll(async () => {
  writeFileSync(
    file,
    `import getpass
jobs = [Service(name = 'kept', cluster = 'devcluster', role = getpass.getuser(), environment = 'devel', instances = 2,
  task = Task(processes = [Process(name = 'loop', cmdline = 'while true; do sleep 1; done')],
              resources = Resources(cpu = 0.1, ram = 16*MB, disk = 16*MB)))]
`,
  )
  await cli.json(['local', 'start'])
  await cli.json(['job', 'create', key, file, '--wait-until', 'RUNNING'])
})
afterAll(() => cli[Symbol.asyncDispose]())

async function expectUntouched(): Promise<void> {
  expect(await cli.json(['local', 'status'])).toMatchObject({running: true, healthy: true, jobs: 1, activeTasks: 2})
  expect(await cli.json(['config', 'cache', 'info'])).toMatchObject({entries: [{file}]})
  expect(existsSync(output)).toBe(false)
}

const CHANGES = [
  {operation: 'local.stop', args: ['local', 'stop']},
  {operation: 'local.reset', args: ['local', 'reset', '--yes']},
  {operation: 'config.cache.clear', args: ['config', 'cache', 'clear']},
  {operation: 'config.convert', args: ['config', 'convert', file, '--to', 'yaml', '--output', output]},
]

describe('a dry run', () => {
  it.each(CHANGES)('of $operation tells what would be different, and changes nothing', async ({args}) => {
    const text = await cli.run([...args, '--dry-run'])
    expect(text).toMatchObject({code: 0, stdout: expect.stringMatching(/^Would [\s\S]*\n {2}[-+] /)})
    const {effects} = await cli.json<Planned>([...args, '--dry-run'])
    expect(effects.length).toBeGreaterThan(0)
    for (const {call, target, difference} of effects) expect([call, target, difference.length > 0]).not.toContain('')
    await expectUntouched()
  })

  it('of a reset names the jobs and the files that would be gone', async () => {
    const {effects} = await cli.json<Planned>(['local', 'reset', '--dry-run'])
    expect(effects.map(({text}) => text)).toEqual(["stop the cluster 'devcluster'", "delete the cluster 'devcluster' with all its jobs"])
    expect(effects[0]?.difference).toContain(`- 2 running tasks of ${key}, until the next start`)
    expect(effects[1]).toMatchObject({
      target: cluster,
      difference: expect.arrayContaining([
        `- job ${key}: 2 active and 0 ended tasks, with their history`,
        `- ${join(cluster, 'scheduler.db')}`,
      ]),
    })
    await expectUntouched()
  })

  it('of a start says what would run, or that there is nothing to do', async () => {
    expect(await cli.run(['local', 'start', '--dry-run'])).toMatchObject({code: 0, stdout: 'Nothing to do.\n'})
    const {effects} = await cli.json<Planned>(['local', 'start', '--name', 'other', '--port', '8099', '--dry-run'])
    expect(effects).toMatchObject([{text: "start the cluster 'other'", difference: ['+ a scheduler at 127.0.0.1:8099']}])
    expect(existsSync(join(cluster, '../other'))).toBe(false)
  })

  it('of a conversion refuses to write over a file, as the real one does', async () => {
    const there = join(cli.home, 'there.yaml')
    writeFileSync(there, 'one\ntwo\n')
    const args = ['config', 'convert', file, '--to', 'yaml', '--output', there]
    expect(await cli.run([...args, '--dry-run'])).toMatchObject({code: 6, stderr: expect.stringContaining('--force')})
    expect(await cli.run([...args, '--force', '--dry-run'])).toMatchObject({code: 0, stdout: expect.stringContaining('- 2 lines')})
    expect(readFileSync(there, 'utf8')).toBe('one\ntwo\n')
  })
})

describe('a hook', () => {
  it('guards all of them, and sees which cluster and which file', async () => {
    const folder = join(cli.home, 'no-change')
    mkdirSync(folder)
    const on = CHANGES.map(({operation}) => `pre:${operation}`)
    const aurora = {hooks: [{name: 'no-change', on, script: 'hook.js'}]}
    writeFileSync(join(folder, 'package.json'), JSON.stringify({name: 'no-change', version: '1.0.0', type: 'module', oclif: {}, aurora}))
    writeFileSync(
      join(folder, 'hook.js'),
      "import {deny} from '@auroractl/cli/hook'\nexport default ({operation, options}) => deny(`${operation} ${options.name ?? options.output ?? ''}`)",
    )
    await cli.json(['plugins', 'link', folder])
    for (const {operation, args} of CHANGES) {
      const {code, stdout, stderr} = await cli.run(args)
      expect({operation, code, stdout}).toEqual({operation, code: 4, stdout: ''})
      const subject = operation.startsWith('local') ? ' devcluster' : operation === 'config.convert' ? ` ${output}` : ''
      expect(stderr).toContain(`${operation}${subject}`)
    }
    await expectUntouched()
    await cli.json(['plugins', 'unlink', 'no-change'])
    expect(await cli.run(['config', 'convert', file, '--to', 'yaml', '--output', output])).toMatchObject({code: 0})
    expect(existsSync(output)).toBe(true)
  })
})
