import {spawnSync} from 'node:child_process'
import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {Cli, repository, user} from './cli.ts'

const cli = new Cli()
const key = (name: string) => `devcluster/${user}/devel/${name}`
const file = join(cli.home, 'jobs.aurora')
const broken = join(cli.home, 'broken.aurora')

interface Status {
  job: string
  active: {status: string; assignedTask: {instanceId: number}}[]
  inactive: {status: string}[]
}

beforeAll(async () => {
  writeFileSync(
    file,
    `import getpass
loop = Process(name = 'loop', cmdline = 'echo started {{greeting}}; while true; do sleep 1; done')
once = Process(name = 'once', cmdline = 'echo once')
resources = Resources(cpu = 0.1, ram = 16*MB, disk = 16*MB)
base = dict(cluster = 'devcluster', role = getpass.getuser(), environment = 'devel')
jobs = [
  Service(name = 'service', task = SequentialTask(processes = [loop], resources = resources), instances = 3, **base).bind(greeting = 'hello'),
  Job(name = 'batch', task = Task(processes = [once], resources = resources), **base),
  Job(name = 'bound', task = Task(processes = [Process(name = 'p', cmdline = 'echo {{what}}')], resources = resources), **base),
  Job(name = 'nightly', task = Task(processes = [once], resources = resources), cron_schedule = '0 3 * * *', **base),
]
`,
  )
  writeFileSync(broken, 'x = 1\njobs = [\n')
  await cli.json(['local', 'start'])
})
afterAll(() => cli[Symbol.asyncDispose]())

describe('a service', () => {
  it('is created, shown, killed in part and killed as a whole', async () => {
    const created = await cli.run(['job', 'create', key('service'), file, '--wait-until', 'RUNNING'])
    expect(created).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Job create succeeded: job url=http:\/\/\S+\/scheduler\/\S+\/devel\/service\n$/),
    })
    expect(created.stderr).toMatch(/^ INFO\] Creating job service$/m)
    expect(created.stderr).toMatch(/^ INFO\] Response from scheduler: OK \(message: .*\)$/m)
    expect(created.stderr).toMatch(/^ INFO\] Job url: http:/m)

    const text = await cli.run(['job', 'status', key('service')])
    expect(text.code).toBe(0)
    expect(text.stdout).toMatch(/^Active tasks \(3\):$/m)
    expect(text.stdout).toMatch(/^\tTask role: \S+, env: devel, name: service, instance: 0, status: RUNNING on \S+$/m)
    expect(text.stdout).toMatch(/^\t {2}CPU: 0\.1 core\(s\), RAM: 16 MB, Disk: 16 MB$/m)

    const killed = await cli.run(['job', 'kill', `${key('service')}/0,2,7`, '--batch-size', '2'])
    expect(killed).toMatchObject({code: 0, stdout: 'Successfully killed instances [0, 2]\nJob kill succeeded\n'})
    expect(killed.stderr).toContain('Not active, left alone: [7]')
    const [left] = await cli.json<Status[]>(['job', 'status', key('service')])
    expect(left?.active.map(({assignedTask}) => assignedTask.instanceId)).toEqual([1])

    expect(await cli.run(['job', 'killall', key('service')])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Job killall succeeded\n'),
    })
    expect((await cli.json<Status[]>(['job', 'status', key('service')]))[0]?.active).toEqual([])
  })

  it('is not created twice', async () => {
    await cli.json(['job', 'create', key('service'), file])
    const again = await cli.run(['job', 'create', key('service'), file])
    expect(again).toMatchObject({code: 4, stdout: ''})
    expect(again.stderr).toContain(`Job creation failed due to error:\n\tJob ${user}/devel/service already exists`)
    await cli.json(['job', 'killall', key('service'), '--no-batching'])
  })
})

describe('a batch job', () => {
  it('runs to its end', async () => {
    await cli.json(['job', 'create', key('batch'), file, '--wait-until', 'FINISHED'])
    const [status] = await cli.json<Status[]>(['job', 'status', key('batch')])
    expect(status).toMatchObject({active: [], inactive: [{status: 'FINISHED'}]})
  })

  it('gets what is bound at the command line', async () => {
    const unbound = await cli.run(['job', 'create', key('bound'), file])
    expect(unbound.code).toBe(3)
    expect(unbound.stderr).toContain('{{what}}')
    const inspected = await cli.run(['job', 'inspect', key('bound'), file, '--bind', 'what=it = that'])
    expect(inspected.stdout).toContain('echo it = that')
  })
})

describe('a job as JSON', () => {
  it('comes back as the same job', async () => {
    const written = await cli.run(['job', 'inspect', key('service'), file, '--write-json'])
    const json = join(cli.home, 'service.json')
    writeFileSync(json, written.stdout)
    const again = await cli.run(['job', 'inspect', key('service'), json, '--read-json', '--write-json'])
    expect(again).toMatchObject({code: 0, stdout: written.stdout})
    expect(await cli.run(['config', 'list', json, '--read-json'])).toMatchObject({code: 0, stdout: `jobs=[${key('service')}]\n`})
  })

  it('comes with others by a pattern, and all of them come back', async () => {
    const written = await cli.run(['job', 'inspect', `*/${user}/devel/[bs]*`, file, '--write-json', '--bind', 'what=x'])
    const json = join(cli.home, 'several.json')
    writeFileSync(json, written.stdout)
    const listed = await cli.json<string[]>(['config', 'list', json])
    expect(listed).toEqual(expect.arrayContaining([key('service'), key('batch'), key('bound')]))
    const again = await cli.run(['job', 'inspect', `*/${user}/devel/*`, json, '--write-json'])
    expect(again).toMatchObject({code: 0, stdout: written.stdout})
    expect(await cli.run(['job', 'inspect', 'devcluster/*/*/none*', file])).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/Could not find job devcluster\/\*\/\*\/none\*\nCandidates are:/),
    })
  })

  it('is refused when the list is empty', async () => {
    const json = join(cli.home, 'empty.json')
    writeFileSync(json, '{"jobs": []}')
    expect(await cli.run(['job', 'inspect', key('service'), json, '-j'])).toMatchObject({
      code: 3,
      stderr:
        'Error loading configuration: No job defined in this config!\nA job counts when it is in the list that the file calls jobs, or exports.\n',
    })
  })

  it('is refused when it is none', async () => {
    const json = join(cli.home, 'broken.json')
    writeFileSync(json, '{"name": ')
    expect(await cli.run(['job', 'inspect', key('service'), json, '--read-json'])).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('broken.json'),
    })
  })
})

describe('waiting', () => {
  it('that is too long ends with 9, and says so in the document, too', async () => {
    const result = await cli.run(['job', 'create', key('service'), file, '--wait-until', 'FINISHED', '--timeout', '1s', '--json'])
    expect(result.code).toBe(9)
    expect(JSON.parse(result.stdout)).toMatchObject({status: 'partly', error: {code: 'create.late', exitCode: 9}})
    await cli.json(['job', 'killall', key('service'), '--no-batching'])
  })

  it('shows the new tasks, not those of an earlier run', async () => {
    const created = await cli.json<{tasks: {instance: number; status: string}[]}>([
      'job',
      'create',
      key('service'),
      file,
      '--wait-until',
      'RUNNING',
    ])
    expect(created.tasks.map(({status}) => status)).toEqual(['RUNNING', 'RUNNING', 'RUNNING'])
    await cli.json(['job', 'killall', key('service'), '--no-batching'])
  })
})

describe('a command that nobody has', () => {
  it('is an error with a suggestion, and nothing else runs', async () => {
    const result = await cli.run(['job', 'killal', key('service')])
    expect(result).toMatchObject({code: 2, stdout: '', stderr: expect.stringContaining("did you mean 'job killall'?")})
    const json = await cli.run(['nonsense', '--json'])
    expect(JSON.parse(json.stdout)).toMatchObject({error: {code: 'usage.unknown-command', exitCode: 2}})
  })

  it('does not hide behind an option', async () => {
    expect(await cli.run(['job', '--verbose', 'list', 'devcluster'])).toMatchObject({code: 2, stdout: ''})
  })
})

describe('nothing to do', () => {
  it('kills nothing, says so, and succeeds', async () => {
    expect(await cli.run(['job', 'kill', `${key('none')}/0`])).toMatchObject({
      code: 0,
      stdout: 'Job kill succeeded\n',
      stderr: expect.stringContaining(`No tasks to kill found for job ${key('none')}`),
    })
  })

  it('plans and does nothing in a dry run', async () => {
    expect(await cli.run(['job', 'create', key('batch'), file, '--dry-run', '--progress', 'off'])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(new RegExp(`^Would create ${key('batch')}\\n  \\+ 1 instance\\n`)),
    })
  })
})

describe('bad input', () => {
  it.each([
    {what: 'an unknown cluster', args: ['job', 'status', 'nowhere/a/b/c'], code: 3, says: 'Unknown cluster: nowhere'},
    {what: 'a malformed key', args: ['job', 'killall', 'devcluster/a/b'], code: 2, says: 'invalid job key'},
    {what: 'an instance list that selects nothing', args: ['job', 'kill', 'devcluster/a/b/c/'], code: 2, says: 'an item is empty'},
    {what: 'a reversed range', args: ['job', 'kill', 'devcluster/a/b/c/5-3'], code: 2, says: 'backwards'},
    {what: 'a kill without instances', args: ['job', 'kill', 'devcluster/a/b/c'], code: 6, says: 'use killall to kill all instances'},
    {what: 'a batch size of nothing', args: ['job', 'killall', 'devcluster/a/b/c', '--batch-size', '0'], code: 2, says: 'batch-size'},
    {
      what: 'a missing file',
      args: ['job', 'create', 'devcluster/a/b/c', '/no/such.aurora'],
      code: 3,
      says: "Error loading configuration: [Errno 2] No such file or directory: '/no/such.aurora'",
    },
    {
      what: 'a job that is not in the file',
      args: ['job', 'create', 'devcluster/a/b/c', file],
      code: 3,
      says: `Candidates are:\n  ${key('service')}\n`,
    },
    {
      what: 'a file with a syntax error',
      args: ['job', 'inspect', 'devcluster/a/b/c', broken],
      code: 3,
      says: `Error loading configuration: ${broken}:2: SyntaxError: '[' was never closed\n  File "${broken}", line 2\n    jobs = [\n`,
    },
    {what: 'the same in config list', args: ['config', 'list', broken], code: 4, says: 'Error loading configuration file:'},
    {what: 'a cron job', args: ['job', 'create', key('nightly'), file], code: 4, says: 'aurora cron schedule'},
    {what: 'a malformed binding', args: ['config', 'list', file, '--bind', 'x'], code: 2, says: 'name=value'},
    {what: 'an unknown option', args: ['job', 'status', 'devcluster', '--nonsense'], code: 2, says: '--nonsense'},
    {what: 'a missing argument', args: ['job', 'create'], code: 2, says: 'Missing 2 required args'},
    {what: 'a job that nobody has', args: ['job', 'status', 'devcluster/a/b/c'], code: 6, says: 'Found no jobs matching devcluster/a/b/c'},
  ])('$what ends with $code', async ({args, code, says}) => {
    const result = await cli.run(args)
    expect(result.stderr).toContain(says)
    expect(result).toMatchObject({code, stdout: ''})
    expect(result.stderr).not.toMatch(/^\s+at /m)
    const json = await cli.run([...args, '--json'])
    expect(json.code).toBe(code)
    expect(JSON.parse(json.stdout)).toBeDefined()
  })

  it('is a place that takes no result', async () => {
    const child = spawnSync('/bin/sh', ['-c', `"$0" bin/run.js config list "$1" > /dev/full`, process.execPath, file], {
      cwd: repository,
      env: cli.env,
      encoding: 'utf8',
    })
    expect(child.status).toBe(4)
    expect(child.stderr).toContain('could not be written')
  })

  it('is output that would drive the terminal', async () => {
    const loud = join(cli.home, 'loud.aurora')
    writeFileSync(loud, "print('\\x1b]0;title\\x07said')\njobs = []\n")
    expect((await cli.run(['config', 'list', loud])).stderr).toBe('said\n')
  })

  it('is a scheduler that is not there', async () => {
    writeFileSync(join(cli.home, 'clusters.json'), '[{"name": "dead", "scheduler_uri": "localhost:1",}]')
    const result = await cli.run(['job', 'status', 'dead/a/b/c'], {env: {AURORA_CONFIG_ROOT: cli.home}})
    expect(result.code).toBe(9)
    expect(result.stderr).toContain('localhost:1')
  })
})
