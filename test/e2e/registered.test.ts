import {mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {Cli, user} from './cli.ts'

const cli = new Cli()
const key = (name: string, cluster = 'devcluster') => `${cluster}/${user}/devel/${name}`
const here = join(cli.home, 'here.aurora')
const elsewhere = join(cli.home, 'elsewhere.aurora')

const PRELUDE = `import getpass
def task(cmdline, cpu = 0.1):
  return Task(processes = [Process(name = 'main', cmdline = cmdline)], resources = Resources(cpu = cpu, ram = 16*MB, disk = 16*MB))
def job(name, task, cluster = 'devcluster', **more):
  return Job(name = name, cluster = cluster, role = getpass.getuser(), environment = 'devel', task = task, **more)
loop = task('while true; do sleep 1; done')
`

beforeAll(async () => {
  writeFileSync(
    here,
    `${PRELUDE}jobs = [
  job('running', loop, service = True, instances = 2),
  job('waiting', task('true', cpu = 9999)),
  job('over', task('true')),
  job('new', loop, instances = 3),
]
`,
  )
  writeFileSync(
    elsewhere,
    `${PRELUDE}jobs = [job('running', loop), job('far', loop, 'west'), job('further', loop, 'nowhere'), job('open', loop)(environment = Empty)]\n`,
  )
  mkdirSync(join(cli.home, '.aurora'))
  // Nothing listens on the port of a scheduler that is down.
  writeFileSync(join(cli.home, '.aurora/clusters.json'), '[{"name": "west", "scheduler_uri": "http://127.0.0.1:1"}]')
  await cli.json(['local', 'start'])
  await cli.json(['job', 'create', key('running'), here, '--wait-until', 'RUNNING'])
  await cli.json(['job', 'create', key('waiting'), here, '--wait-until', 'PENDING'])
  await cli.json(['job', 'create', key('over'), here, '--wait-until', 'FINISHED'])
})
afterAll(() => cli[Symbol.asyncDispose]())

describe('config list --registered', () => {
  it('tells what the scheduler knows of each job', async () => {
    expect(await cli.json(['config', 'list', here, '--registered'])).toEqual([
      {job: key('running'), instances: 2, state: 'active', active: 2, pending: 0},
      {job: key('waiting'), instances: 1, state: 'active', active: 0, pending: 1},
      {job: key('over'), instances: 1, state: 'ended', active: 0, pending: 0},
      {job: key('new'), instances: 3, state: 'absent', active: 0, pending: 0},
    ])
  })

  it('is a table for a person', async () => {
    const {code, stdout, stderr} = await cli.run(['config', 'list', here, '--registered'])
    expect({code, stderr}).toEqual({code: 0, stderr: ''})
    expect(stdout).toMatch(/^JOB +INSTANCES {2}SCHEDULER$/m)
    expect(stdout).toMatch(/running +2 +2 active$/m)
    expect(stdout).toMatch(/waiting +1 +1 pending$/m)
    expect(stdout).toMatch(/over +1 +not registered; it has ended$/m)
    expect(stdout).toMatch(/new +3 +not registered$/m)
  })

  it('shows the jobs of other clusters when one cannot be asked, and ends with 4', async () => {
    const {code, stdout, stderr} = await cli.run(['config', 'list', elsewhere, '--registered', '--json'])
    expect(code).toBe(4)
    expect(JSON.parse(stdout)).toMatchObject([
      {job: key('running'), state: 'active', active: 2},
      {job: key('far', 'west'), state: 'unknown', error: expect.stringContaining('127.0.0.1:1')},
      {job: key('further', 'nowhere'), state: 'unknown', error: 'Unknown cluster: nowhere'},
      {job: `devcluster/${user}/{MISSING}/open`, state: 'unknown', error: expect.stringContaining('invalid job key')},
    ])
    expect(stderr).toContain('Unknown cluster: nowhere')
  })

  it('asks nobody without the option', async () => {
    const {code, stdout} = await cli.run(['config', 'list', elsewhere])
    expect({code, stdout}).toEqual({
      code: 0,
      stdout: `jobs=[${key('running')}, ${key('far', 'west')}, ${key('further', 'nowhere')}, devcluster/${user}/{MISSING}/open]\n`,
    })
  })
})
