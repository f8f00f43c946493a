/** Runs that are killed at every append to their journal, and gone on with: the world ends up as after an undisturbed one. */
import {mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {Cli, user} from './cli.ts'
import {CountingProxy} from './counting-proxy.ts'
import {killed} from './killed.ts'

/** All points with `npm run soak`; else those around changes. */
const WHOLE = process.env['AURORA_SOAK'] === '1'
const JOBS = 300

const cli = new Cli()
const folder = join(cli.home, '.local/state/aurora/runs')
const file = join(cli.home, 'jobs.aurora')
let proxy: CountingProxy
let jobs = 0

const newJob = () => `job-${String(jobs++).padStart(3, '0')}`
const key = (job: string) => `counted/${user}/devel/${job}`

interface Task {
  status: string
  assignedTask: {instanceId: number; taskId: string}
}
interface Run {
  id: string
  status: string
  command: string
}

beforeAll(async () => {
  writeFileSync(
    file,
    `import getpass
loop = Process(name = 'loop', cmdline = 'while true; do sleep 1; done')
task = SequentialTask(processes = [loop], resources = Resources(cpu = 0.01, ram = 1*MB, disk = 1*MB))
base = dict(cluster = 'counted', role = getpass.getuser(), environment = 'devel', task = task, instances = 3)
jobs = [Service(name = 'job-%03d' % i, **base) for i in range(${JOBS})]
`,
  )
  const {schedulerUri} = await cli.json<{schedulerUri: string}>(['local', 'start'])
  proxy = new CountingProxy(schedulerUri)
  mkdirSync(join(cli.home, '.aurora'), {recursive: true})
  writeFileSync(join(cli.home, '.aurora/clusters.json'), JSON.stringify([{name: 'counted', scheduler_uri: await proxy.listen()}]))
})
afterAll(async () => {
  proxy.close()
  await cli[Symbol.asyncDispose]()
})

async function runOf(job: string): Promise<Run | undefined> {
  return (await cli.json<Run[]>(['runs', 'list'])).find(
    ({command}) => command.includes(`/${job}`) && !command.includes('--wait-until PENDING'),
  )
}

async function tasksOf(job: string): Promise<{active: number[]; all: number}> {
  const {stdout} = await cli.run(['job', 'status', key(job), '--json'])
  const [status] = JSON.parse(stdout) as {active: Task[]; inactive: Task[]}[]
  return {
    active: status?.active.map(({assignedTask}) => assignedTask.instanceId) ?? [],
    all: (status?.active.length ?? 0) + (status?.inactive.length ?? 0),
  }
}

/** What is killed, and what it must come to: its calls, and what is left of the job. */
const OPERATIONS = [
  {
    name: 'job create',
    args: (job: string) => ['job', 'create', key(job), file, '--wait-until', 'RUNNING'],
    exists: false,
    method: 'createJob',
    calls: 1,
    left: [0, 1, 2],
  },
  {
    name: 'job kill',
    args: (job: string) => ['job', 'kill', `${key(job)}/0-1`, '--batch-size', '1'],
    exists: true,
    method: 'killTasks',
    calls: 2,
    left: [2],
  },
  {
    name: 'job killall',
    args: (job: string) => ['job', 'killall', key(job), '--batch-size', '2'],
    exists: true,
    method: 'killTasks',
    calls: 2,
    left: [],
  },
]

async function prepare(exists: boolean): Promise<string> {
  const job = newJob()
  if (exists) await cli.json(['job', 'create', key(job), file, '--wait-until', 'PENDING'])
  return job
}

/** Resumes the run; a run that is not recorded, or that ended with its record, is not there to be resumed. */
async function goOn(args: readonly string[], job: string): Promise<{recorded: boolean; code: number | null; stderr: string}> {
  const run = await runOf(job)
  if (run?.status === 'applied') return {recorded: true, code: 0, stderr: ''}
  const {code, stderr} = await cli.run(run ? ['runs', 'resume', run.id] : args)
  return {recorded: run !== undefined, code, stderr}
}

/** The appends of an undisturbed run: the header, all until something is changed, then line by line. */
async function appendsOf({args, exists}: (typeof OPERATIONS)[number]): Promise<string[]> {
  const known = new Set(readdirSync(folder))
  const job = await prepare(exists)
  for (const name of readdirSync(folder)) known.add(name)
  await cli.json(args(job))
  const [name = ''] = readdirSync(folder).filter((each) => !known.has(each))
  const lines = readFileSync(join(folder, name), 'utf8').trim().split('\n')
  const events = lines.map((line) => JSON.parse(line) as {type: string; acting?: boolean})
  const first = events.findIndex(({acting}) => acting)
  return ['journal', 'beginning', ...events.slice(first + 1).map(({type}) => type)]
}

describe.each(OPERATIONS)('$name, killed at an append to its journal and resumed', (operation) => {
  const {args, exists, method, calls, left} = operation

  it('ends as if nothing had happened, and repeats no change', async () => {
    const appends = await appendsOf(operation)
    const points = appends.flatMap((type, index) => [
      ...(WHOLE || type === 'effect.done' ? [`before ${index + 1}`] : []),
      ...(WHOLE || type.startsWith('effect.') ? [`after ${index + 1}`] : []),
    ])
    expect(points.length).toBeGreaterThanOrEqual(calls * 3)
    for (const point of points) {
      const job = await prepare(exists)
      const {signal} = await killed(cli, args(job), point)
      const changed = proxy.count(method, job)
      const went = await goOn(args(job), job)
      const came = {calls: proxy.count(method, job), status: (await runOf(job))?.status, ...(await tasksOf(job))}
      expect({point, signal, ...went, ...came}).toMatchObject({
        point,
        signal: 'SIGKILL',
        code: 0,
        calls,
        status: 'applied',
        active: left,
        all: 3,
      })
      // What was changed is in the record.
      expect({point, recorded: went.recorded || changed === 0}).toEqual({point, recorded: true})
      if (left.length > 0) await cli.json(['job', 'killall', key(job), '--no-batching'])
    }
  }, 600_000)
})

describe('a kill that was cut short', () => {
  const killall = OPERATIONS[2]
  if (!killall) throw new Error('there is no killall')

  it('leaves alone what somebody has started anew since', async () => {
    const job = await prepare(true)
    await killed(cli, killall.args(job), 'after effect.done')
    const run = await runOf(job)
    await cli.json(['job', 'killall', key(job), '--no-batching', '--message', 'somebody else'])
    await cli.json(['job', 'create', key(job), file, '--wait-until', 'PENDING'])
    const calls = proxy.count('killTasks', job)
    const resumed = await cli.run(['runs', 'resume', run?.id ?? ''])
    expect(resumed).toMatchObject({code: 0, stderr: expect.stringContaining('Started anew since the run was begun, left alone: [0, 1, 2]')})
    expect(proxy.count('killTasks', job)).toBe(calls)
    expect((await tasksOf(job)).active).toEqual([0, 1, 2])
    await cli.json(['job', 'killall', key(job), '--no-batching'])
  }, 90_000)

  it('can be cut short again while it is resumed, and goes on from there', async () => {
    const job = await prepare(true)
    await killed(cli, killall.args(job), 'after effect.intended')
    const run = await runOf(job)
    for (const point of ['before effect.done', 'after effect.done', 'before run.finished']) {
      expect(await killed(cli, ['runs', 'resume', run?.id ?? ''], point)).toMatchObject({signal: 'SIGKILL'})
    }
    expect(await cli.run(['runs', 'resume', run?.id ?? ''])).toMatchObject({code: 0})
    expect({calls: proxy.count('killTasks', job), ...(await tasksOf(job))}).toEqual({calls: 2, active: [], all: 3})
  }, 90_000)

  it('is listed, shown, and planned before it is resumed', async () => {
    const job = await prepare(true)
    await killed(cli, [...killall.args(job), '--bind', 'unused=hunter2hunter2'], 'after effect.intended')
    const {id} = (await runOf(job)) ?? {id: ''}
    const listed = await cli.run(['runs', 'list'])
    expect(listed.stdout).toContain(`${id}  `)
    expect(listed.stdout).toMatch(new RegExp(`interrupted +aurora job killall ${key(job)} --batch-size 2 --bind unused=…\n`))
    const shown = await cli.run(['runs', 'show', id])
    expect(shown).toMatchObject({code: 0, stderr: ''})
    expect(shown.stdout).toContain(
      `In doubt: the scheduler was told to kill instances [0, 1] of ${key(job)}. To find out: aurora job status`,
    )
    expect(shown.stdout).toContain(`To go on: aurora runs resume ${id}`)
    const record = readFileSync(join(folder, `${id}.jsonl`), 'utf8')
    expect(record + listed.stdout + shown.stdout).not.toContain('hunter2')

    expect(await cli.run(['runs', 'resume', id])).toMatchObject({code: 2, stderr: expect.stringMatching(/not as they were: unused$/m)})
    const bind = ['--bind', 'unused=hunter2hunter2']
    const planned = await cli.run(['runs', 'resume', id, ...bind, '--dry-run'])
    expect(planned).toMatchObject({code: 0, stderr: expect.stringContaining('Would be looked up first: the scheduler was told to kill')})
    expect(planned.stderr).not.toContain('not as it was')
    expect((await runOf(job))?.status).toBe('interrupted')
    expect((await tasksOf(job)).active).toEqual([0, 1, 2])

    const resumed = await cli.run(['runs', 'resume', id, ...bind, '--json'], {cwd: '/'})
    expect(JSON.parse(resumed.stdout)).toMatchObject({killed: [0, 1, 2]})
    expect(await cli.run(['runs', 'resume', id, ...bind])).toMatchObject({code: 6, stderr: expect.stringContaining('has done all')})
  }, 90_000)
})
