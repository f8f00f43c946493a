import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import type {JobConfiguration} from '@auroractl/cli/thrift'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {call} from '../../plugins/local/test/cluster.ts'
import {Cli, user} from './cli.ts'

const cli = new Cli()
const key = (name: string) => `devcluster/${user}/devel/${name}`
let port = 0

/** A file with one service. */
function fileOf(name: string, {cmdline = 'echo started\nwhile true; do sleep 1; done', instances = 2} = {}): string {
  const file = join(cli.home, `${name}.aurora`)
  writeFileSync(
    file,
    `task = SequentialTask(
  processes = [Process(name = 'loop', cmdline = '''${cmdline}''')],
  resources = Resources(cpu = 0.1, ram = 16*MB, disk = 16*MB))
jobs = [Service(cluster = 'devcluster', role = '${user}', environment = 'devel', name = '${name}', task = task, instances = ${instances})]
`,
  )
  return file
}

/** JSON with the keys of each object in another order, and whole floats without their fraction. */
function respell(data: string): string {
  const turned = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(turned)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value)
        .toReversed()
        .map(([name, each]) => [name, turned(each)]),
    )
  }
  return JSON.stringify(turned(JSON.parse(data)))
}

beforeAll(async () => {
  const {schedulerUri} = await cli.json<{schedulerUri: string}>(['local', 'start'])
  port = Number(new URL(schedulerUri).port)
})
afterAll(() => cli[Symbol.asyncDispose]())

describe('job diff', () => {
  it('finds nothing to do where the file says what runs, and what an edit would change', async () => {
    const file = fileOf('edited')
    await cli.json(['job', 'create', key('edited'), file])
    expect(await cli.run(['job', 'diff', key('edited'), file, '--exit-code'])).toMatchObject({
      code: 0,
      stdout: 'This job update will:\nnot change instances: [0-1]\n',
    })

    const edited = fileOf('edited', {cmdline: 'echo started\nwhile true; do sleep 2; done', instances: 3})
    const text = await cli.run(['job', 'diff', key('edited'), edited])
    expect(text.code).toBe(0)
    expect(text.stdout).toMatch(/^This job update will:\nadd instances: \[2\]\nupdate instances: \[0-1\]\nwith diff:\n\n/)
    expect(text.stdout).toMatch(/^< +while true; do sleep 1; done",$/m)
    expect(text.stdout).toMatch(/^> +while true; do sleep 2; done",$/m)
    expect((await cli.run(['job', 'diff', key('edited'), edited, '--exit-code'])).code).toBe(1)

    const limited = await cli.json(['job', 'diff', `${key('edited')}/1`, edited])
    expect(limited).toMatchObject({add: [], update: [{instances: [{first: 1, last: 1}]}], unchanged: [{first: 0, last: 0}]})
    const smaller = await cli.json(['job', 'diff', key('edited'), fileOf('edited', {instances: 1})])
    expect(smaller).toMatchObject({remove: [{first: 1, last: 1}], unchanged: [{first: 0, last: 0}]})
  })

  it('does not take another spelling of the executor data for a change', async () => {
    const file = fileOf('switched')
    const description = await cli.json<{taskConfig: {executorConfig: {data: string}}}>(['job', 'inspect', key('switched'), file, '--raw'])
    const {data} = description.taskConfig.executorConfig
    const asRunning = respell(JSON.stringify({...(JSON.parse(data) as object), tier: 'preemptible'}))
    const job = {role: user, environment: 'devel', name: 'switched'}
    const owner = {user}
    const request: JobConfiguration = {
      key: job,
      owner,
      cronCollisionPolicy: 'KILL_EXISTING',
      instanceCount: 2,
      taskConfig: {
        job,
        owner,
        isService: true,
        priority: 0,
        maxTaskFailures: 1,
        production: false,
        tier: 'preemptible',
        resources: [{numCpus: 0.1}, {ramMb: 16n}, {diskMb: 16n}],
        constraints: [],
        taskLinks: {},
        metadata: [],
        container: {mesos: {}},
        executorConfig: {name: 'AuroraExecutor', data: asRunning},
      },
    }
    expect(await call(port, 'createJob', [request])).toMatchObject({responseCode: 'OK'})
    expect(await cli.run(['job', 'diff', key('switched'), file])).toMatchObject({
      code: 0,
      stdout: 'This job update will:\nnot change instances: [0-1]\n',
    })
  })

  it('compares with another job, by the program that the user names', async () => {
    const file = fileOf('other')
    const answer = await cli.run(['job', 'diff', key('other'), file, '--from', key('edited')])
    expect(answer).toMatchObject({code: 0, stdout: expect.stringMatching(/^update instances: \[0-1\]$/m)})
    expect(answer.stdout).toMatch(/^< +"name": "edited"/m)
    expect(answer.stdout).toMatch(/^> +"name": "other"/m)

    const named = await cli.run(['job', 'diff', key('other'), file, '--from', key('edited')], {env: {DIFF_VIEWER: '/bin/echo'}})
    expect(named.stdout).toMatch(/^with diff:\n\n\S+\/remote \S+\/local$/m)
    const none = await cli.run(['job', 'diff', key('other'), file, '--from', key('edited')], {env: {DIFF_VIEWER: '/no/such/program'}})
    expect(none).toMatchObject({code: 4, stdout: ''})
    expect(none.stderr).toContain("Error running diff: there is no program '/no/such/program'")
  })

  it('would add all instances of a job that does not run, and refuses what its scheduler refuses', async () => {
    expect(await cli.json(['job', 'diff', key('absent'), fileOf('absent')])).toEqual({
      add: [{first: 0, last: 1}],
      remove: [],
      update: [],
      unchanged: [],
    })
    const file = fileOf('strange')
    writeFileSync(
      file,
      "jobs = [Job(cluster = 'devcluster', role = 'r', environment = 'strange', name = 'n', task = SimpleTask('t', 'true'))]\n",
    )
    const refused = await cli.run(['job', 'diff', 'devcluster/r/strange/n', file])
    expect(refused).toMatchObject({code: 3, stdout: ''})
    expect(refused.stderr).toMatch(/^Error loading configuration:\n\tInvalid configuration: Job environment strange doesn't match/m)
  })
})
