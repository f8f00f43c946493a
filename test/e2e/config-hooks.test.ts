import {readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {Cli, type Ended, repository, user} from './cli.ts'
import {hasTmux, Terminal} from './terminal.ts'

const cli = new Cli()
const key = (name: string) => `devcluster/${user}/prod/${name}`

/** A file with hooks and one job, in Python. */
function file(name: string, hooks: string, job = 'enable_hooks = True, instances = 3', path = join(cli.home, `${name}.aurora`)): string {
  writeFileSync(
    path,
    `import getpass
${hooks}
jobs = [Service(name = '${name}', cluster = 'devcluster', role = getpass.getuser(), environment = 'prod', ${job},
  task = Task(processes = [Process(name = 'loop', cmdline = 'while true; do sleep 1; done')],
              resources = Resources(cpu = 0.1, ram = 16*MB, disk = 16*MB)))]
`,
  )
  return path
}

function create(name: string, hooks: string, ...flags: string[]): Promise<Ended> {
  return cli.run(['job', 'create', key(name), file(name, hooks), ...flags])
}

async function activeInstances(name: string): Promise<number[]> {
  const {stdout} = await cli.run(['job', 'status', key(name), '--json'])
  const [status] = JSON.parse(stdout) as {active: {assignedTask: {instanceId: number}}[]}[]
  return status?.active.map(({assignedTask}) => assignedTask.instanceId) ?? []
}

/** A job with three instances to kill. */
const KILLED = file('killed', '', 'instances = 3')

async function threeInstances(): Promise<void> {
  await cli.run(['job', 'killall', key('killed'), '--no-batching'])
  expect(await cli.run(['job', 'create', key('killed'), KILLED, '--wait-until', 'RUNNING'])).toMatchObject({code: 0})
}

/** The same job in a file with hooks. */
function killHooks(hooks: string): string {
  return file('killed', hooks, undefined, join(cli.home, 'kill-hooks.aurora'))
}

beforeAll(async () => {
  await cli.json(['local', 'start'])
})
afterAll(() => cli[Symbol.asyncDispose]())

describe('hooks of the file that a job is created from', () => {
  it.each([
    {what: 'returns False', body: 'return False', says: /Guard \(config .*denied\.aurora\): pre_create_job returned False/},
    {
      what: 'raises',
      body: "raise ValueError('too late')",
      says: /Guard .*: pre_create_job raised ValueError: too late \(.*denied\.aurora, line 4\)/,
    },
    {
      what: 'asks without a terminal',
      body: "return raw_input('sure?') == 'yes'",
      says: /Guard.*A question needs a terminal: \[Guard\] sure\?/,
    },
    {what: 'ends the program', body: "import sys; sys.exit('enough')", says: /Guard .*SystemExit: enough/},
  ])('stop the call when one $what, and all are asked', async ({body, says}) => {
    const hooks = `class Guard(object):
  def pre_create_job(self, config):
    ${body}
class Witness(object):
  def pre_create_job(self, config):
    print('witness of %s' % config.job_key())
hooks = [Guard(), Witness()]`
    const result = await create('denied', hooks, '--json')
    expect(result.code).toBe(4)
    expect(result.stderr).toContain('Pre hooks stopped call to create_job')
    expect(result.stderr).toMatch(says)
    expect(result.stderr).toContain(` INFO] Witness: witness of ${key('denied')}`)
    expect(JSON.parse(result.stdout)).toMatchObject({
      status: 'not-applied',
      error: {code: 'hook.denied', fault: 'hook', failures: [{hook: 'Guard', source: expect.stringContaining('denied.aurora')}]},
    })
    expect(await activeInstances('denied')).toEqual([])
  })

  it('let it pass when they return nothing, hear how it went, and remember', async () => {
    const hooks = `from twitter.common import log
from gen.apache.aurora.api.ttypes import ResponseCode
class Listener(object):
  def __init__(self):
    self.asked = []
  def pre_create_job(self, config, lock=None):
    self.asked.append(str(config.name()))
  def post_create_job(self, result, config, **kw):
    log.info('after %s: %s', self.asked, result.responseCode == ResponseCode.OK)
  def err_create_job(self, exc, config):
    log.warning('%s after %s: %s' % (type(exc).__name__, self.asked, exc))
hooks = [Listener]`
    const first = await create('heard', hooks)
    expect(first).toMatchObject({code: 0, stderr: expect.stringContaining(" INFO] Listener: after ['heard']: True")})
    // From the cache of evaluations now: its hooks are live all the same.
    const second = await create('heard', hooks)
    expect(second).toMatchObject({code: 4})
    expect(second.stderr).toMatch(/ WARN\] Listener: APIError after \['heard'\]: APIError: INVALID_REQUEST: .*already exists/)
  })

  it('are not asked unless the job enables them', async () => {
    const hooks = 'class Guard(object):\n  def pre_create_job(self, config): return False\nhooks = [Guard()]'
    const path = file('quiet', hooks, 'instances = 1')
    expect(await cli.run(['job', 'create', key('quiet'), path])).toMatchObject({code: 0})
  })

  it('are those of the last assignment, and skipped by the names of their classes, which is recorded', async () => {
    const hooks = `class First(object):
  def pre_create_job(self, config): return False
class Second(First): pass
hooks = [First()]
hooks = [Second()]`
    const denied = await create('skipped', hooks)
    expect(denied).toMatchObject({code: 4, stderr: expect.stringContaining('Second')})
    expect(denied.stderr).not.toContain('First')
    const result = await create('skipped', hooks, '--skip-hooks', 'Second', '--skip-reason', 'known')
    expect(result).toMatchObject({code: 0, stderr: expect.stringContaining('hooks skipped: Second')})
    expect(result.stderr).not.toContain('no installed hook')
    const audit = JSON.parse(readFileSync(join(cli.home, '.local/state/aurora/audit.jsonl'), 'utf8')) as object
    expect(audit).toMatchObject({operation: 'job.create', job: key('skipped'), hooks: [{hook: 'Second'}], reason: 'known'})
  })

  it('are told in a dry run, and not asked', async () => {
    const hooks = `class Guard(object):
  def pre_create_job(self, config): print('asked')
  def generic_hook(self, *args): pass
hooks = [Guard()]`
    const result = await create('dry', hooks, '--dry-run')
    expect(result.stdout).toMatch(/^Would ask pre_create_job of .*dry\.aurora \(hook Guard\)\nWould create /)
    expect(result.stderr).not.toContain('asked')
  })
})

describe('hooks of the file that comes with a kill', () => {
  const veto = `class Third(object):
  batches = 0
  def pre_kill_job(self, job_key, shards=None):
    self.batches += 1
    print('batch %d: %s of %s' % (self.batches, shards, job_key.name))
    return self.batches < 3
hooks = [Third()]`

  it('are asked for each batch: a veto of the third leaves the kill done in part', async () => {
    await threeInstances()
    const result = await cli.run(['job', 'killall', key('killed'), killHooks(veto), '--json'])
    expect(result.code).toBe(4)
    expect(result.stderr).toMatch(/Third: batch 1: \[0\] of killed[^]*Third: batch 2: \[1\][^]*Third: batch 3: \[2\]/)
    expect(JSON.parse(result.stdout)).toMatchObject({status: 'partly', error: {failures: [{hook: 'Third'}]}})
    expect(await activeInstances('killed')).toEqual([2])
  })

  it('accept the arguments that the client always passed, with --config, and as generic_hook', async () => {
    await threeInstances()
    const hooks = `class Real(object):
  def pre_kill_job(self, job_key, instances=None, config=None, message=None):
    print('real %s %s %s %s' % (job_key.to_path(), instances, config.instances(), message))
    return True
class Generic(object):
  def generic_hook(self, hook_config, event, method_name, result_or_err, args, kw):
    config, job_key = hook_config
    print('generic %s_%s %s %s %s' % (event, method_name, result_or_err and result_or_err.responseCode, args[0] == job_key, sorted(kw)))
class Documented(object):
  def generic_hook(self, hook_config, event, method_name, result_or_err, *args, **kw):
    print('documented %s_%s of %s %s' % (event, method_name, hook_config.job_key, kw['instances']))
hooks = [Real(), Generic(), Documented()]`
    const result = await cli.run(['job', 'kill', `${key('killed')}/0,2`, '--config', killHooks(hooks), '--no-batching', '-m', 'why'])
    expect(result).toMatchObject({code: 0})
    expect(result.stderr).toContain(`Real: real ${key('killed')} [0, 2] 3 why`)
    expect(result.stderr).toContain("Generic: generic pre_kill_job None True ['config', 'instances', 'message']")
    expect(result.stderr).toContain("Generic: generic post_kill_job 1 True ['config', 'instances', 'message']")
    expect(result.stderr).toContain(`Documented: documented post_kill_job of ${key('killed')} [0, 2]`)
    expect(await activeInstances('killed')).toEqual([1])
  })

  it('change nothing when they fail afterwards', async () => {
    await threeInstances()
    const hooks = "class Late(object):\n  def post_kill_job(self, result, job_key): raise IOError('no mail')\nhooks = [Late()]"
    const result = await cli.run(['job', 'kill', `${key('killed')}/0`, killHooks(hooks)])
    expect(result).toMatchObject({code: 0, stdout: expect.stringContaining('Job kill succeeded')})
    expect(result.stderr).toMatch(/ WARN\] hook Late .* failed in post: post_kill_job raised OSError: no mail/)
  })

  it('are asked by one file alone', async () => {
    const result = await cli.run(['job', 'kill', `${key('killed')}/0`, 'a.aurora', '--config', 'b.aurora'])
    expect(result).toMatchObject({code: 2, stderr: expect.stringContaining('--config')})
  })
})

describe('the example', () => {
  const example = join(repository, 'docs/examples/hooked.aurora')

  it('asks before it is killed, and logs what is done to it', async () => {
    const created = await cli.run(['job', 'create', key('careful'), example])
    expect(created).toMatchObject({code: 0, stderr: expect.stringContaining(` INFO] Logger: post_create_job of ${key('careful')}`)})
    const kill = ['job', 'killall', key('careful'), example]
    expect(await cli.run([...kill, '--answer', 'KillConfirmer=no'])).toMatchObject({code: 4})
    const killed = await cli.run([...kill, '--answer', 'KillConfirmer=yes'])
    expect(killed).toMatchObject({code: 0, stderr: expect.stringContaining(` INFO] Logger: post_kill_job of ${key('careful')}`)})
  })
})

describe('what a hook of a file may do besides', () => {
  const hooks = `import subprocess
class Cleaner(object):
  def pre_create_job(self, config):
    return subprocess.check_output(['echo', 'clean']).strip() == b'clean'
hooks = [Cleaner()]`

  it('is granted to the file, by the command that its refusal names, until its code changes', async () => {
    const refused = await create('granted', hooks)
    expect(refused).toMatchObject({code: 4, stderr: expect.stringContaining('exec of echo is not granted to it')})
    const path = file('granted', hooks)
    expect(refused.stderr).toContain(`aurora hooks grant ${path} --allow exec=echo`)
    const grant = ['hooks', 'grant', path, '--allow', 'exec=echo']
    expect((await cli.run([...grant, '--dry-run'])).stdout).toContain(`Would grant ${path}`)
    expect(await cli.run(grant)).toMatchObject({code: 6, stderr: expect.stringContaining('run, with any arguments, the commands echo')})
    expect(await create('granted', hooks)).toMatchObject({code: 4})
    expect(await cli.run([...grant, '--yes'])).toMatchObject({code: 0, stdout: `Granted ${path}\n`})
    expect((await cli.run(['hooks', 'grants'])).stdout).toMatch(
      /granted\.aurora, since .*\n.*its hooks may run, with any arguments, the commands echo/,
    )
    expect(await create('granted', hooks)).toMatchObject({code: 0})
    const changed = await create('granted', `${hooks}\n# another line`)
    expect(changed).toMatchObject({code: 4, stderr: expect.stringContaining('is not what was granted')})
    expect(await cli.run(['hooks', 'revoke', path])).toMatchObject({code: 0})
    expect(await create('granted', hooks)).toMatchObject({code: 4, stderr: expect.stringContaining('exec of echo is not granted')})
  })

  it.each([
    {what: 'no power', allow: ['--allow', 'git'], code: 2, says: '--allow'},
    {what: 'a power that files cannot have', allow: ['--allow', 'secret=X'], code: 2, says: 'exec, fetch, read'},
    {what: 'no command', allow: ['--allow', 'exec=git status'], code: 2, says: "'needs.exec'"},
    {what: 'nothing', allow: [], code: 2, says: 'exec=git'},
  ])('is not $what', async ({allow, code, says}) => {
    const result = await cli.run(['hooks', 'grant', file('granted', hooks), ...allow, '--yes'])
    expect(result).toMatchObject({code, stderr: expect.stringContaining(says)})
  })
})

describe.skipIf(!hasTmux)('a hook that asks', () => {
  const hooks = `class KillConfirmer(object):
  def confirm(self, msg):
    return raw_input(msg).lower() == 'yes'
  def pre_kill_job(self, job_key, shards=None):
    import getpass
    shards = ('shards %s' % shards) if shards is not None else 'all shards'
    return self.confirm('Are you sure you want to kill %s (%s)? (yes/no): ' % (job_key, shards)) and self.knows(getpass.getpass())
  def knows(self, word):
    print('typed: ' + word)
    return word == 'open sesame'
hooks = [KillConfirmer]`

  it('has the answer of the person at the terminal; --yes does not answer', async () => {
    await threeInstances()
    using terminal = new Terminal(cli)
    terminal.start('job', 'kill', `${key('killed')}/1`, killHooks(hooks), '--yes')
    await terminal.see(/\[KillConfirmer\] Are you sure you want to kill .*killed \(shards \[1\]\)\? \(yes\/no\):/)
    terminal.type('yes', 'Enter')
    await terminal.see(/\[KillConfirmer\] Password:/)
    terminal.type('open sesame', 'Enter')
    const screen = await terminal.see(/KillConfirmer: typed: \*\*\*[^]*ended: 0/)
    expect(screen).not.toContain('sesame')
    terminal.start('job', 'kill', `${key('killed')}/2`, killHooks(hooks))
    await terminal.see(/Are you sure/)
    terminal.type('no', 'Enter')
    await terminal.see(/KillConfirmer.*pre_kill_job returned False[^]*ended: 4/)
    expect(await activeInstances('killed')).toEqual([0, 2])
  })

  it('has the answer that came with the command, where there is no terminal', async () => {
    await threeInstances()
    const asks = 'class Asks(object):\n  def pre_kill_job(self, job_key): return raw_input("sure?") == "yes"\nhooks = [Asks]'
    const kill = ['job', 'kill', `${key('killed')}/1`, killHooks(asks)]
    expect(await cli.run([...kill, '--answer', 'Asks=no'])).toMatchObject({code: 4})
    expect(await cli.run([...kill, '--answer', 'Asks=yes'])).toMatchObject({code: 0})
  })

  it('is stopped by Ctrl-C at its question', async () => {
    await threeInstances()
    using terminal = new Terminal(cli)
    terminal.start('job', 'kill', `${key('killed')}/1`, killHooks(hooks))
    await terminal.see(/Are you sure/)
    terminal.type('C-c')
    await terminal.see(/ended: 130/)
    expect(await activeInstances('killed')).toEqual([0, 1, 2])
  })
})
