import {execFileSync} from 'node:child_process'
import {mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {describe, expect, test} from 'vitest'
import {warmConfigChild} from '../../src/config/child-process.ts'
import {loadConfig} from '../../src/config/load.ts'
import {listJobs} from '../../src/config/keys.ts'
import {selectJob} from '../../src/config/select.ts'
import {parseJobKey} from '../../src/model/job-key.ts'
import {inFolder, refusal, write} from './folder.ts'

const JOB = `
def job(name, **kw):
  return Service(cluster='c', role='r', environment='devel', name=name, task=SimpleTask('hello', 'echo {{greeting}}'), **kw)
`

describe('a configuration file', () => {
  test('becomes jobs: the example of the documentation', async () => {
    const file = fileURLToPath(new URL('../../docs/examples/hello_world.aurora', import.meta.url))
    const config = await loadConfig(file, {env: {USER: 'jane'}})
    expect(listJobs(config)).toEqual(['devcluster/jane/devel/hello'])
    const job = selectJob(config, parseJobKey('devcluster/jane/devel/hello'))
    expect(job).toMatchObject({service: true, instances: 1, task: {name: 'greet', constraints: [{order: ['greet', 'hello']}]}})
    expect([...config.inputs.files.keys()]).toEqual([file])
    expect([...config.inputs.variables.keys()]).toContain('USER')
  })

  test('takes the bindings of the command line', async () => {
    const config = await loadConfig(write('a.aurora', `${JOB}jobs = [job('a')]`))
    const job = selectJob(config, parseJobKey('c/r/devel/a'), [['greeting', 'good morning']])
    expect(job.task.processes?.[0]?.cmdline).toBe('echo good morning')
  })

  test('tells what is not bound, with the path and what to do', async () => {
    const config = await loadConfig(write('a.aurora', `${JOB}jobs = [job('other'), job('a', instances='many')(instances=2)]`))
    expect(() => selectJob(config, parseJobKey('c/r/devel/a'))).toThrow(
      /jobs\[1\]\.task\.processes\[0\]\.cmdline: Unexpected unbound refs: \{\{greeting\}\}\.\n +Bind it: --bind greeting=VALUE/,
    )
  })

  test('tells all that is wrong at once', async () => {
    const bad = `jobs = [Job(cluster='c', role='r', environment='x', name='n', instances='many', priority='high', task=Task(processes=[Process(name='p')]))]`
    const config = await loadConfig(write('a.aurora', bad))
    const message = (): unknown => selectJob(config, parseJobKey('c/r/x/n'))
    expect(message).toThrow(/jobs\[0\]\.instances: .*Cannot coerce 'many' to Integer/)
    expect(message).toThrow(/jobs\[0\]\.priority: /)
    expect(message).toThrow(/jobs\[0\]\.task\.processes\[0\]\.cmdline: .*Process\[cmdline\] is required/)
  })

  test('prints to whoever listens', async () => {
    let printed = ''
    await loadConfig(write('a.aurora', 'print("reading", 1)\njobs = []'), {onOutput: (text) => (printed += text)})
    expect(printed).toBe('reading 1\n')
  })

  test('answers questions about its values while it runs', async () => {
    const text = `
base = Process(name='{{n}}', cmdline='echo')
checks = [str(base.bind(n='x').name()), base.bind(n=1) == base(name='1'), base.check().ok(), Process(name='x').check().message(),
          str((base % {'n': 'y'}).name()), [str(p.name()) for p in Task(processes=[base]).bind(n='z').processes()]]
maps = [Map(String, Integer)(m) for m in ({'a': 1, 'b': 2}, {'b': 2, 'a': 1})]
assert maps[0] == maps[1] and len(set(maps)) == 1
assert checks == ['x', True, True, 'Process[cmdline] is required.', 'y', ['z']], checks
jobs = []`
    expect((await loadConfig(write('a.aurora', text))).jobs).toEqual([])
  })

  test('may be started before it is known which', async () => {
    warmConfigChild()
    expect(listJobs(await loadConfig(write('a.aurora', `${JOB}jobs = [job('a')]`)))).toEqual(['c/r/devel/a'])
  })
})

describe('includes and reads', () => {
  test('are relative to the includer, share its names, and are inputs', async () => {
    write('lib/base.aurora', `include('sub/names.aurora')\n${JOB}`)
    write('lib/sub/names.aurora', `NAME = 'from-sub'`)
    const config = await loadConfig(write('a.aurora', `include('lib/base.aurora')\njobs = [job(NAME)]`))
    expect(listJobs(config)).toEqual(['c/r/devel/from-sub'])
    expect(config.inputs.files.size).toBe(3)
  })

  test('read text and bytes of the project', async () => {
    const file = write('names.txt', 'é\nb\n')
    const text = `jobs = []\nassert open(${JSON.stringify(file)}).read() == 'é\\nb\\n'\nassert open(${JSON.stringify(file)}, 'rb').read(2) == b'\\xc3\\xa9'`
    expect((await loadConfig(write('a.aurora', text))).inputs.files.size).toBe(2)
  })

  test('take no YAML', async () => {
    write('b.yaml', 'jobs: []')
    expect((await refusal(write('a.aurora', `include('b.yaml')`))).message).toMatch(/a\.aurora:1: .*b\.yaml is YAML; Python and TypeScript/)
  })

  test('that go in circles are refused', async () => {
    write('b.aurora', `include('a.aurora')`)
    expect((await refusal(write('a.aurora', `include('b.aurora')`))).message).toMatch(/a\.aurora includes itself/)
  })

  test.each(['/etc/passwd', '../outside.aurora', 'link.aurora'])('do not leave the project: %s', async (path) => {
    const outside = mkdtempSync(join(tmpdir(), 'aurora-outside-'))
    writeFileSync(join(outside, 'secret'), 'SECRET = 1')
    symlinkSync(join(outside, 'secret'), inFolder('link.aurora'))
    writeFileSync(join(dirname(inFolder('')), 'outside.aurora'), '')
    const error = await refusal(write('a.aurora', `include(${JSON.stringify(path)})`))
    expect(error.message).toContain('[Errno 13] Permission denied: ')
    expect(error.remedy).toMatch(/; AURORA_READ_ROOTS can name more folders\.$/)
    const real = realpathSync(join(path.startsWith('/') ? '' : inFolder(''), path))
    expect(error.remedy).toContain(`${path.startsWith('/') ? '' : `It is ${real}. `}A configuration may read what is in `)
    expect((await refusal(write('b.aurora', `open(${JSON.stringify(join(outside, 'secret'))})`))).message).toContain('Permission denied')
    rmSync(outside, {recursive: true})
    rmSync(join(dirname(inFolder('')), 'outside.aurora'))
  })

  test('do not wait for what is no file', async () => {
    execFileSync('mkfifo', [inFolder('pipe')])
    expect((await refusal(write('a.aurora', `include('pipe')`))).message).toContain('Not a regular file')
    expect((await refusal(inFolder(''))).message).toContain('[Errno 21] Is a directory')
  })

  test('fail as they do on Linux, so that a file can go on without an optional one', async () => {
    mkdirSync(inFolder('sub'))
    writeFileSync(inFolder('large'), Buffer.alloc((8 << 20) + 1))
    const cases = {
      missing: 'FileNotFoundError',
      'a.aurora/x': 'NotADirectoryError',
      sub: 'IsADirectoryError',
      '/etc/passwd': 'PermissionError',
    }
    for (const [path, type] of Object.entries({...cases, large: 'OSError'})) {
      const name = JSON.stringify(path.startsWith('/') ? path : inFolder(path))
      const error = await refusal(
        write('a.aurora', `try:\n  open(${name})\nexcept ${type} as e:\n  raise Exception(type(e).__name__, str(e))`),
      )
      expect(error.message).toMatch(new RegExp(`^Exception: \\('${type}', "\\[Errno \\d+\\] `, 'm'))
    }
  })

  test('do not write', async () => {
    expect((await refusal(write('a.aurora', `open('x', 'w')`))).message).toMatch(/may read files, not write them/)
  })
})

describe('a file that fails', () => {
  test('is missing', async () => {
    expect((await refusal('/nowhere/x.aurora')).message).toBe("[Errno 2] No such file or directory: '/nowhere/x.aurora'")
  })

  test('has a syntax error: file, line and what Python says', async () => {
    const error = await refusal(write('a.aurora', 'jobs = [\n  Job(name="x",\n]]'))
    expect(error.message).toMatch(/File ".*a\.aurora", line 3\n +\]\]\n +\^\nSyntaxError: closing parenthesis/)
    expect(error.message).not.toContain('aurora_')
  })

  test('is Python 2: says what to write instead', async () => {
    expect((await refusal(write('a.aurora', 'print "hello"'))).remedy).toContain('print(…)')
  })

  test('raises: the frames of the files alone', async () => {
    write('lib.aurora', `def make(n):\n  return Process(nam=n)`)
    const error = await refusal(write('a.aurora', `include('lib.aurora')\nmake('x')`))
    expect(error.message).toMatch(
      /a\.aurora", line 2.*\n.*make\('x'\)[^]*lib\.aurora", line 2[^]*AttributeError: Unknown schema attribute nam\nDid you mean: 'name'\?$/,
    )
    expect(error.message).not.toMatch(/<aurora|node:|\.ts/)
    expect(error.code).toBe('config.python')
  })

  test.each(['jobs = 1234', 'jobs = SimpleTask("a", "b")', 'jobs = [1]'])('has no list of jobs: %s', async (text) => {
    expect((await refusal(write('a.aurora', text))).message).toMatch(/jobs/)
  })

  test('never ends', async () => {
    const error = await refusal(write('a.aurora', 'while True: pass'), {limitMs: 1500})
    expect(error.message).toMatch(/a\.aurora did not end within 1\.5 s/)
  })

  test('wants all the memory', async () => {
    expect((await refusal(write('a.aurora', 'x = []\nwhile True: x.append("x" * 10**7 + str(len(x)))'))).code).toBe('config.memory')
  })

  test('recurses without end', async () => {
    expect((await refusal(write('a.aurora', 'def f(): return f()\nf()'))).message).toContain('RecursionError')
  })

  test('builds values without end', async () => {
    const error = await refusal(
      write(
        'a.aurora',
        `class A(Struct): x = String\nt = A\nfor i in range(300):\n  t = List(t)\nt([])\nl = []\nfor i in range(5000): l = [l]\nMap(String, t)({'a': l})`,
      ),
    )
    expect(error.exitCode).toBe(3)
  })

  test('is stopped from outside', async () => {
    const file = write('a.aurora', 'while True: pass')
    const stop = new AbortController()
    const loading = loadConfig(file, {signal: stop.signal})
    stop.abort(new Error('interrupted'))
    await expect(loading).rejects.toThrow('interrupted')
  })
})

describe('a job', () => {
  test('that is not there: what is', async () => {
    const config = await loadConfig(write('a.aurora', `${JOB}jobs = [job('a'), job('b')(environment=Empty)]`))
    const message = [
      'Could not find job c/r/devel/nope',
      "Job c/r/{MISSING}/b in configuration file doesn't specify an environment",
      'Candidates are:',
      '  c/r/devel/a',
      '  c/r/{MISSING}/b',
    ].join('\n')
    expect(() => selectJob(config, parseJobKey('c/r/devel/nope'))).toThrow(message)
  })

  test.each([
    ['c/r/prod/web-2', 'Bind what its key leaves open: --bind env=prod --bind n=2.'],
    ['c/r/prod/api', 'Bind what its key leaves open: --bind env=prod.'],
    ['c/r/prod/db-test', undefined],
    ['c/r/prod/entirely-other', undefined],
  ])('whose key has references: what is to be bound for %s', async (key, remedy) => {
    const names = ['web-{{n}}', 'api', 'db-{{env}}']
    const jobs = names.map((name) => `job('${name}')(environment='{{env}}')`).join(', ')
    const config = await loadConfig(write('a.aurora', `${JOB}jobs = [${jobs}]`))
    expect(() => selectJob(config, parseJobKey(key))).toThrow(
      expect.objectContaining({message: expect.stringMatching(/^Could not find job/), remedy}),
    )
  })

  test('that is there twice', async () => {
    const config = await loadConfig(write('a.aurora', `${JOB}jobs = [job('b'), job('a'), job('a')]`))
    const message = 'Multiple jobs match, please disambiguate by specifying a job key.\nCandidates are:\n  c/r/devel/a\n  c/r/devel/a'
    const remedy = 'The file defines that job 2 times: jobs[1], jobs[2].'
    expect(() => selectJob(config, parseJobKey('c/r/devel/a'))).toThrow(expect.objectContaining({message, remedy}))
  })

  test('in a file without any', async () => {
    const config = await loadConfig(write('a.aurora', ''))
    expect(() => selectJob(config, parseJobKey('c/r/devel/a'))).toThrow('No job defined in this config!')
  })

  test('written down as JSON', async () => {
    const job = {
      cluster: 'c',
      role: 'r',
      environment: 'devel',
      name: 'j',
      task: {processes: [{name: 'p', cmdline: 'x'}], resources: {cpu: 1, ram: 2 ** 20, disk: 2 ** 20}},
    }
    for (const text of [job, {jobs: [job]}]) {
      const config = await loadConfig(write('a.json', JSON.stringify(text)), {readJson: true})
      expect(selectJob(config, parseJobKey('c/r/devel/j'))).toMatchObject({instances: 1, task: {name: 'p', max_failures: 1}})
    }
    expect((await refusal(write('b.json', '{"nam": 1}'), {readJson: true})).message).toMatch(/Unknown schema attribute nam/)
    expect((await refusal(write('c.json', '{'), {readJson: true})).code).toBe('config.json')
  })
})
