import {describe, expect, test} from 'vitest'
import {loadConfig} from '../../src/config/load.ts'
import {type AuroraError, SchedulerError} from '../../src/model/errors.ts'
import type {JsonObject} from '../../src/model/json.ts'
import type {HookableMethod} from '../../src/operation/api-call.ts'
import {ask, begin, JOB} from './asked-hooks.ts'
import {inFolder, write} from './folder.ts'

describe('the arguments of a hook', () => {
  const expected = (cases: readonly (readonly string[])[]) => cases.map(([, , text]) => text)
  /** What hooks of these signatures print, in one file. */
  async function told(
    method: HookableMethod,
    cases: readonly (readonly [signature: string, shown: string, expected: string])[],
    values?: JsonObject,
  ) {
    const classes = cases.map(([signature, shown], i) => `class K${i}(object):\n  def pre_${method}(self${signature}): print(${shown})\n`)
    const {logged, reasons} = await ask(`${classes.join('')}hooks = [${cases.map((_, i) => `K${i}()`).join(', ')}]`, {
      method,
      ...(values ? {values} : {}),
    })
    return [...reasons, ...logged.map((line) => line.replace(/^info K\d+: /, ''))]
  }

  test('are those that it accepts', async () => {
    const cases: [string, string, string][] = [
      [', job_key, shards=None', 'job_key, shards', 'c/r/e/a [1, 2]'],
      [', key', 'key', 'c/r/e/a'],
      [', key, who', 'key, who', 'c/r/e/a [1, 2]'],
      [', job_key, instances=None, lock=None, config=None', 'instances, lock, config.name()', '[1, 2] None a'],
      [', job_key, instances, config, message', 'job_key, instances, message', 'c/r/e/a [1, 2] why'],
      [', job_key, verbose=True, instances=None', 'verbose, instances', 'True [1, 2]'],
      [', job_key, *, message', 'message', 'why'],
      [', *args, **kw', 'args, sorted(kw)', "(AuroraJobKey('c', 'r', 'e', 'a'),) ['config', 'instances', 'message']"],
      [', *args', 'args', "(AuroraJobKey('c', 'r', 'e', 'a'),)"],
      [', **kw', 'sorted(kw)', "['config', 'instances', 'job_key', 'message']"],
      [', job_key, **kw', 'sorted(kw)', "['config', 'instances', 'message']"],
      ['', '"none"', 'none'],
    ]
    expect(await told('kill_job', cases)).toEqual(expected(cases))
  })

  test('that no call has are told by name', async () => {
    const hooks = 'class K(object):\n  def pre_kill_job(self, job_key, instances, config, message, ticket): pass\nhooks = [K()]'
    expect((await ask(hooks)).reasons).toEqual(["pre_kill_job raised TypeError: it takes 'ticket', which kill_job does not have"])
  })

  const values = {shards: [0], restart_settings: 's', message: 'm', instances: [0], instance_id: 3, count: 4}
  test.each<[HookableMethod, [string, string, string][]]>([
    ['create_job', [[', config, lock', 'config.job_key(), lock', 'c/r/e/a None']]],
    [
      'restart',
      [
        [', job_key, shards, update_config, health_check_interval_seconds', 'shards, update_config', '[0] s'],
        [', job_key, shards, restart_settings, config=None', 'shards, restart_settings', '[0] s'],
      ],
    ],
    [
      'start_job_update',
      [
        [', config, instances=None', 'config.name(), instances', 'a [0]'],
        [', config, message, instances, metadata', 'message, instances', 'm [0]'],
      ],
    ],
    ['update_job', [[', config, health_check_interval_seconds=3, instances=None', 'instances', '[0]']]],
    ['cancel_update', [[', job_key, config=None', 'job_key.role', 'r']]],
    ['start_cronjob', [[', job_key', 'job_key.env', 'e']]],
    ['add_instances', [[', job_key, instance_id, count', 'instance_id, count', '3 4']]],
  ])('of %s are passed, too', async (method, cases) => {
    expect(await told(method, cases, values)).toEqual(expected(cases))
  })

  test('reach through decorators, static and class methods, and functions that were set', async () => {
    const {logged} = await ask(`import functools
def loud(method):
  @functools.wraps(method)
  def wrapper(*args, **kw):
    print('loud')
    return method(*args, **kw)
  return wrapper
class A(object):
  @loud
  def pre_kill_job(self, job_key, shards): print(shards)
class B(object):
  @staticmethod
  def pre_kill_job(job_key): print(job_key.name)
class C(object):
  @classmethod
  def pre_kill_job(cls, job_key): print(cls.__name__)
class D(object): pass
d = D()
d.pre_kill_job = lambda job_key: None
hooks = [A(), B, C, d]`)
    expect(logged).toEqual(['info A: loud', 'info A: [1, 2]', 'info B: a', 'info C: C'])
  })
})

describe('what a hook sees', () => {
  test('is the job as it was configured, with what is bound to it', async () => {
    const {logged, reasons} = await ask(
      `class K(object):
  def pre_create_job(self, config):
    raw = config.raw()
    print(config.cluster(), config.role(), config.environment(), config.name(), config.instances(), raw.enable_hooks().get())
    print(config.task(0).processes()[0].cmdline(), config.update_config().batch_size(), config.is_dedicated())
    print(config.job().taskConfig.isService, config.job().key.role, config.job().instanceCount, config.hooks[0] is self)
    cluster, role, env, name = config.job_key()
    print(config.job_key() == type(config.job_key()).from_path('c/r/e/a'), config.job_key().to_path())
hooks = [K()]`,
      {method: 'create_job'},
    )
    expect(reasons).toEqual([])
    expect(logged).toEqual(['info K: c r e a 2 True', 'info K: echo seven 1 False', 'info K: 0 r 2 True', 'info K: True c/r/e/a'])
  })

  test('is not his to change', async () => {
    const hooks = 'class K(object):\n  def pre_create_job(self, config): config.update_job(None)\nhooks = [K()]'
    expect((await ask(hooks, {method: 'create_job'})).reasons).toEqual([
      expect.stringMatching(
        /^pre_create_job raised TypeError: config\.update_job: .*may look at the job and not change it.*a\.aurora, line 2\)$/,
      ),
    ])
  })

  test.each<[string, AuroraError, string]>([
    ['an answer that refuses', new SchedulerError('no', {code: 'scheduler.error'}), 'APIError: INVALID_REQUEST: x, y / [0]'],
    ['no answer', new SchedulerError('it broke', {code: 'scheduler.lost', sent: 'maybe'}), 'NotRetriableError / it broke'],
    ['none in time', new SchedulerError('too late', {code: 'scheduler.timeout', sent: 'maybe'}), 'TimeoutError / too late'],
  ])('of %s is an exception', async (_, error, expected) => {
    const {logged} = await ask(
      `from apache.aurora.client.hooks.hooked_api import HookedAuroraClientAPI
class K(object):
  def err_kill_job(self, exc, job_key, shards=None):
    if isinstance(exc, HookedAuroraClientAPI.APIError): print('%s / %s' % (exc, [exc.response.responseCode]))
    else: print('%s / %s' % (type(exc).__name__, exc))
  def post_kill_job(self, result, job_key): print('not this one')
hooks = [K()]`,
      {made: {error, response: {responseCode: 'INVALID_REQUEST', details: [{message: 'x'}, {message: 'y'}]}}},
    )
    expect(logged).toEqual([`info K: ${expected}`])
  })
})

describe('the answer of a hook', () => {
  test('stops the call when it is False alone', async () => {
    const classes = ['None', 'True', '"yes"', 'False'].map(
      (answer, i) => `class K${i}(object):\n  def pre_kill_job(self, job_key): return ${answer}\n`,
    )
    const {reasons, events} = await ask(`${classes.join('')}hooks = [K0(), K1(), K2(), K3()]`)
    expect(reasons).toEqual(['pre_kill_job returned False'])
    expect(events.flatMap((event) => (event.type === 'hook.finished' ? [`${event.hook} ${event.decision.decision}`] : []))).toEqual([
      'K0 allow',
      'K1 allow',
      'K2 allow',
      'K3 deny',
    ])
  })

  test('that is empty, and neither None nor False, is told to stop nothing', async () => {
    const {reasons, logged} = await ask('class K(object):\n  def pre_kill_job(self, job_key): return 0\nhooks = [K()]')
    expect({reasons, logged}).toEqual({reasons: [], logged: ['warn K: pre_kill_job returned 0, which stops nothing: False does']})
  })

  test('of generic_hook counts where there is no method for the call', async () => {
    const hooks = `class K(object):
  pre_kill_job = 'no method'
  def generic_hook(self, hook_config, event, name, result, args, kw): return not (event == 'pre' and name == 'kill_job')
hooks = [K()]`
    expect((await ask(hooks)).reasons).toEqual(['generic_hook returned False'])
    expect((await ask(hooks, {method: 'create_job'})).reasons).toEqual([])
  })
})

describe('a hook that goes wrong', () => {
  test.each([
    ['never ends', 'while True: pass', 300, /did not end within 0\.3 s \(.*a\.aurora, line \d\)/],
    [
      'never ends, whatever it is told',
      'while True:\n      try:\n        while True: pass\n      except BaseException: pass',
      300,
      /did not end within 0\.3 s/,
    ],
    ['eats all memory', 'x = [0]\n    while True: x = x + x', 20_000, /raised MemoryError \(.*a\.aurora, line \d\)/],
    ['recurses', 'self.pre_kill_job(job_key)', 20_000, /raised RecursionError/],
    ['raises in a module of Python', "import json; json.loads('x')", 5_000, /raised JSONDecodeError: .*\(.*a\.aurora, line 3\)/],
    ['writes escapes', "raise ValueError('\\x1b[2Jred\\x07')", 5_000, /raised ValueError: red \(/],
  ])('because it %s stops the call', async (_, body, limitMs, says) => {
    const {reasons, events} = await ask(`class K(object):\n  def pre_kill_job(self, job_key):\n    ${body}\nhooks = [K()]`, {limitMs})
    expect(reasons).toEqual([expect.stringMatching(says)])
    expect(events).toContainEqual(
      expect.objectContaining({type: 'hook.failed', phase: 'pre', hook: 'K', source: `config ${inFolder('a.aurora')}`, denies: true}),
    )
  })

  test('is asked again after it was slow, and its limit does not count prompts', async () => {
    const hooks = `class Slow(object):
  def pre_kill_job(self, job_key):
    while True: pass
class Asks(object):
  def pre_kill_job(self, job_key): return input('sure? ') == 'yes'
hooks = [Slow(), Asks()]`
    expect((await ask(hooks, {limitMs: 300, answers: ['yes']})).reasons).toEqual([expect.stringContaining('did not end')])
  })

  test('is left when the command is interrupted', async () => {
    const interrupt = new AbortController()
    const going = ask('class K(object):\n  def pre_kill_job(self, job_key):\n    print("on")\n    while True: pass\nhooks = [K()]', {
      signal: interrupt.signal,
      limitMs: 60_000,
    })
    setTimeout(() => interrupt.abort(), 1_500)
    expect((await going).reasons).toEqual([expect.stringContaining('could not be asked')])
  })
})

describe('a hook logs', () => {
  test('what it prints and logs, a line at a time, without escapes', async () => {
    const {logged} = await ask(`import logging, sys
from twitter.common import log
from twitter.common.log.options import LogOptions
LogOptions.set_stderr_log_level('google:INFO')
class K(object):
  def pre_kill_job(self, job_key):
    sys.stdout.write('one\\ntwo ')
    sys.stdout.write('more\\n')
    sys.stderr.write('err\\n')
    sys.stdout.write('\\x1b[31mred')
    log.info('%s is %d', 'x', 1)
    log.error('bad')
    log.debug('d')
    logging.getLogger('mine').warning('careful')
hooks = [K()]`)
    expect(logged.sort()).toEqual(
      [
        'info K: one',
        'info K: two more',
        'info K: red',
        'info K: err',
        'info K: x is 1',
        'error K: bad',
        'debug K: d',
        'warn K: careful',
      ].sort(),
    )
  })
})

describe('a hook that logs without end', () => {
  test.each(['log.info("x")', 'print("x")'])('is heard for a thousand lines, and stopped: %s', async (line) => {
    const hooks = `from twitter.common import log\nclass K(object):\n  def pre_kill_job(self, job_key):\n    while True: ${line}\nhooks = [K()]`
    const {reasons, logged} = await ask(hooks, {limitMs: 2_000})
    expect(reasons).toEqual([expect.stringMatching(/more than 2000 log lines|did not end within/)])
    expect(logged).toHaveLength(1_000)
    expect(logged.at(-1)).toBe('warn K: further log lines are left out')
  })
})

describe('a file with hooks', () => {
  const hooks = 'class K(object):\n  seen = []\n  def pre_kill_job(self, job_key): print("live")\nhooks = [K()]'
  const load = (file: string) => loadConfig(file, {keepLive: true, cache: {folder: inFolder('cache'), version: '1'}})

  test('has them live when its evaluation was kept', async () => {
    const file = write('a.aurora', `print('once')\n${hooks}\njobs = [${JOB}]`)
    await begin(await load(file))
    expect(await begin(await load(file))).toBeDefined()
  })

  test('that is another one by then is refused', async () => {
    const file = write('a.aurora', `${hooks}\njobs = [${JOB}]`)
    await begin(await load(file))
    const kept = await load(file)
    write('a.aurora', `${hooks}\njobs = [${JOB}(instances=9)]`)
    await expect(kept.live?.()).rejects.toThrow(/changed while the command ran/)
  })

  test('may not ask or log to the command while it is evaluated', async () => {
    const file = write(
      'a.aurora',
      `import aurora_host\ntry: aurora_host.call('hook', 'prompt', 'x', False)\nexcept Exception as e: print(e)\njobs = []`,
    )
    let printed = ''
    await loadConfig(file, {onOutput: (text) => (printed += text)})
    expect(printed).toContain('no hook is asked now')
  })

  test('whose class does not compile is no configuration', async () => {
    await expect(loadConfig(write('a.aurora', 'class K(object):\n  def pre_kill_job(self\nhooks = [K()]'))).rejects.toThrow(
      /a\.aurora:2: SyntaxError/,
    )
  })
})
