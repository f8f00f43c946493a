/** The test kit for authors of hooks, in the real sandbox. */
import {afterEach, beforeEach, describe, expect, it, vi} from 'vitest'
import {join} from 'node:path'
import {inspectPlugin} from '../../src/hook/inspect-plugin.ts'
import {testPlugin, type TestReport} from '../../src/hook/testing/test-plugin.ts'
import {Home, OPERATIONS, SANDBOX} from './fixture.ts'

let home: Home
beforeEach(async () => {
  home = await Home.create()
  vi.stubEnv('XDG_CACHE_HOME', join(home.dataDir, 'cache'))
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await home.remove()
})

const SDK = "import {allow, amend, defineHook, deny, hint} from '@auroractl/cli/hook'\n"
const hook = (body: string) => `${SDK}export default defineHook(async (ctx) => {${body}})`
const DENIES = {name: 'stops', context: {job: 'west/www/prod/stopped'}, expect: {decision: 'deny'}}

interface Plugin {
  code: string
  cases: object | object[]
  entry?: object
  files?: Record<string, string>
}

async function test({code, cases, entry = {}, files = {}}: Plugin): Promise<TestReport> {
  const hooks = [{name: 'guard', on: ['pre:job.kill'], script: 'hooks/guard.js', ...entry}]
  const tests = typeof cases === 'string' ? cases : JSON.stringify(cases)
  await home.write({name: 'team', hooks, files: {'hooks/guard.js': code, 'hooks/guard.ts': code, 'tests/guard.json': tests, ...files}})
  return testPlugin(await inspectPlugin(home.root('team'), OPERATIONS), SANDBOX)
}

/** What one case is found to differ in. */
async function differences(code: string, one: object, entry: object = {}): Promise<readonly string[]> {
  const {cases} = await test({code, cases: {name: 'one', ...one}, entry})
  return cases.flatMap((each) => each.differences)
}

describe('a case', () => {
  it.each<[string, string, object, object?]>([
    [
      'a denial',
      'return deny(`not ${ctx.job.name} by ${ctx.user}`)',
      {context: {job: 'west/www/prod/x', user: 'root'}, expect: {decision: 'deny', reason: 'not x by *'}},
    ],
    ['an amendment', 'return amend({instances: [0]})', {expect: {decision: 'amend', changes: {instances: [0]}}}, {on: ['amend:job.kill']}],
    [
      'a hint',
      'return hint(ctx.error.code)',
      {context: {error: {code: 'x.y', message: ''}}, expect: {decision: 'hint', hint: 'x.y'}},
      {on: ['error:job.kill']},
    ],
    ['a failure, with its place', '\nnull.x', {expect: {decision: 'fail', reason: 'TypeError: *null* (hooks/guard.js:3)'}}],
    ['not being asked', '', {context: {job: 'west/www/devel/x'}, expect: {decision: 'not-asked'}}, {when: {environment: ['prod']}}],
    ['what is logged', "ctx.log.warn('late', 7)", {expect: {decision: 'allow', log: ['warn late*']}}],
    ['the state that it finds and leaves', 'ctx.state.n += 1', {state: {n: 1}, expect: {decision: 'allow', state: {n: 2}}}],
    [
      'another phase and operation of its points',
      'ctx.log.info(ctx.phase, ctx.operation, ctx.outcome)',
      {
        context: {phase: 'finally', operation: 'job.killall', outcome: 'partly'},
        expect: {decision: 'allow', log: ['info finally job.killall partly']},
      },
    ],
  ])('sees %s', async (_, body, one, entry) => {
    expect(await differences(hook(body), one, entry)).toEqual([])
  })

  it.each<[string, string, object, RegExp]>([
    ['another decision', "return deny('no')", {expect: {decision: 'allow'}}, /^expected allow, and it was deny: no$/],
    ['another reason', "return deny('no')", {expect: {decision: 'deny', reason: 'yes'}}, /^expected the reason 'yes', and it was 'no'$/],
    ['a log line that is not there', '', {expect: {decision: 'allow', log: ['info x']}}, /^expected the log line 'info x'; there is none$/],
    [
      'a call that is not made',
      '',
      {expect: {decision: 'allow', calls: ['exec git *']}},
      /^expected the call 'exec git \*'; there is none$/,
    ],
    ['another state', 'ctx.state.x = 1', {expect: {decision: 'allow', state: {}}}, /^expected the state \{\}, and it was \{"x":1\}$/],
    ['an answer that is none', 'return 7', {expect: {decision: 'allow'}}, /it was fail: it returned 7/],
  ])('tells of %s', async (_, body, one, problem) => {
    expect(await differences(hook(body), one)).toEqual([expect.stringMatching(problem)])
  })

  it('shares nothing with the one before', async () => {
    const code = `${SDK}let runs = 0\nexport default (ctx) => deny(String(++runs) + Object.keys(ctx.state))`
    const one = {expect: {decision: 'deny', reason: '1'}}
    const {cases} = await test({
      code,
      cases: [
        {name: 'a', ...one},
        {name: 'b', ...one},
      ],
    })
    expect(cases.map(({name, passed}) => [name, passed])).toEqual([
      ['a', true],
      ['b', true],
    ])
  })

  it('takes a recorded context', async () => {
    const files = {
      'tests/contexts/kill.json': JSON.stringify({
        phase: 'pre',
        operation: 'job.kill',
        user: 'ann',
        job: {cluster: 'c', role: 'r', environment: 'e', name: 'n'},
      }),
    }
    const cases = {name: 'recorded', context: 'tests/contexts/kill.json', expect: {decision: 'deny', reason: 'ann n'}}
    expect((await test({code: hook('return deny(`${ctx.user} ${ctx.job.name}`)'), cases, files})).cases).toMatchObject([{passed: true}])
  })
})

describe('powers', () => {
  it.each<[string, object, string, object, object]>([
    [
      'prompt',
      {prompt: true},
      "return deny([await ctx.prompt.confirm('Sure?'), await ctx.prompt.select('Which?', ['a', 'b']), await ctx.prompt.input('Why?')].join())",
      {prompt: [true, 'b', 'so']},
      {reason: 'true,b,so', calls: ['prompt.confirm Sure?', 'prompt.input Why?']},
    ],
    [
      'clock',
      {clock: true},
      'return deny([new Date().toISOString(), await ctx.clock.now(), await ctx.clock.now()].join())',
      {clock: ['2026-11-22T03:00:00Z', '1970-01-01T00:00:01Z', '1970-01-01T00:00:02Z']},
      {reason: '2026-11-22T03:00:00.000Z,1000,2000'},
    ],
    [
      'random',
      {random: true},
      'return deny([await ctx.random.integer(6), await ctx.random.uuid(), Math.random() < 1].join())',
      {random: {seed: [1, 2, 3, 4], integers: [4], uuids: ['u']}},
      {reason: '4,u,true'},
    ],
    [
      'env',
      {env: ['TEAM', 'NONE']},
      "return deny([await ctx.env('TEAM'), await ctx.env('NONE')].join())",
      {env: {TEAM: 'web'}},
      {reason: 'web,'},
    ],
    [
      'secret',
      {secret: ['TOKEN', {name: 'vault', command: ['pass', 'x']}]},
      "return deny((await ctx.secret('TOKEN')) + (await ctx.secret('vault')))",
      {secret: {TOKEN: 'abc', vault: 'def'}},
      {reason: 'abcdef'},
    ],
    [
      'read',
      {read: ['deploy/*.txt']},
      "return deny(await ctx.read('deploy/plan.txt'))",
      {read: {'deploy/plan.txt': 'the plan'}},
      {reason: 'the plan'},
    ],
    [
      'store',
      {store: true},
      "const n = await ctx.store.get('n'); await ctx.store.set('n', n + 1); return deny(String(await ctx.store.get('n')))",
      {store: {n: 1}},
      {reason: '2', calls: ['store.get n', 'store.set n 2']},
    ],
    [
      'fetch',
      {fetch: ['https://change.example.com']},
      "const a = await ctx.fetch('https://change.example.com/1', {method: 'POST', body: 'x'}); return deny(`${a.status} ${(await a.json()).open}`)",
      {fetch: [{request: 'POST https://change.example.com/*', status: 201, json: {open: true}}]},
      {reason: '201 true'},
    ],
    [
      'exec',
      {exec: ['git']},
      "const a = await ctx.exec('git', ['status']); const b = await ctx.exec('git', ['status']); return deny(a.stdout + b.exitCode)",
      {
        exec: [
          {command: 'git status', stdout: 'clean'},
          {command: 'git *', exitCode: 1},
        ],
      },
      {reason: 'clean1', calls: ['exec git status', 'exec git status']},
    ],
    [
      'scheduler',
      {scheduler: true},
      "const {configs} = await ctx.scheduler.getJobs('www'); return deny(String(configs.length))",
      {scheduler: [{query: 'west getJobs', answer: {configs: [{}, {}]}}]},
      {reason: '2'},
    ],
  ])('%s is answered by the case', async (_, needs, body, powers, expected) => {
    const one = {context: {job: 'west/www/prod/hello'}, powers, expect: {decision: 'deny', ...expected}}
    expect(await differences(hook(body), one, {needs})).toEqual([])
  })

  it.each<[string, object, string, object, RegExp]>([
    ['was not granted', {}, "await ctx.exec('git', [])", {exec: [{command: '*'}]}, /ctx\.exec needs "needs": \{"exec"/],
    [
      'was not granted for that',
      {fetch: ['https://a.example']},
      "await ctx.fetch('https://b.example/')",
      {fetch: [{request: '*'}]},
      /https:\/\/b\.example is not among the hook's origins/,
    ],
    ['has no answer', {exec: ['git']}, "await ctx.exec('git', ['log'])", {}, /the case has no answer for exec git log/],
    [
      'has no answer any more',
      {prompt: true},
      "await ctx.prompt.confirm('Really?')",
      {prompt: []},
      /the case has no answer for prompt '.*Really\?'/,
    ],
    [
      'fails as the case says',
      {fetch: ['https://a.example']},
      "await ctx.fetch('https://a.example/')",
      {fetch: [{request: '*', error: 'nobody there'}]},
      /nobody there/,
    ],
  ])('one that %s fails the hook', async (_, needs, body, powers, problem) => {
    const found = await differences(hook(body), {powers, expect: {decision: 'allow'}}, {needs})
    expect(found).toEqual([expect.stringMatching(problem)])
  })

  it('are not used in a dry run, as in any', async () => {
    const body = "return (await ctx.exec('git', ['push'])).dryRun ? allow() : deny('pushed')"
    expect(await differences(hook(body), {context: {dryRun: true}, expect: {decision: 'allow'}}, {needs: {exec: ['git']}})).toEqual([])
  })
})

describe('coverage', () => {
  const body = (types: string) => `${SDK}
import {used} from './lib.ts'

export default defineHook((ctx${types}) => {
  if (ctx.job.name === 'stopped') return deny('no')
  if (ctx.job.name === 'never') {
    return used(7)
  }
})

function unused() {
  return 1
}
`
  const LIB = `export function used(x: number): unknown {\n  return x\n}\n`
  const LINES = {total: 8, covered: 5}

  it.each<[string, string, string]>([
    ['plain JavaScript', 'hooks/guard.js', body('')],
    ['TypeScript whose types are blanked', 'hooks/guard.ts', body(': any')],
    ['TypeScript that is translated', 'hooks/guard.ts', `${body(': any')}\nenum Kind { a }\nKind.a\n`],
  ])('counts lines and functions of %s, as they were written', async (_, script, code) => {
    const {coverage} = await test({code, cases: [DENIES], entry: {script}, files: {'hooks/lib.ts': LIB}})
    const guard = coverage.find(({file}) => file === script)
    expect(guard?.missed).toEqual(expect.arrayContaining([8]))
    expect(guard?.missed).not.toContain(6)
    expect(guard?.lines.covered).toBeGreaterThanOrEqual(3)
    expect(coverage.find(({file}) => file === 'hooks/lib.ts')).toMatchObject({
      missed: [1, 2],
      functions: {total: 1, covered: 0},
      missedFunctions: ['used:1'],
    })
  })

  it('adds up the cases', async () => {
    const cases = [DENIES, {name: 'goes on', context: {job: 'west/www/prod/never'}, expect: {decision: 'fail'}}]
    const {coverage} = await test({code: body(''), cases, files: {'hooks/lib.ts': LIB}})
    expect(coverage).toEqual([
      {
        file: 'hooks/guard.js',
        lines: {...LINES, covered: 6},
        functions: {total: 2, covered: 1},
        missed: [12, 13],
        missedFunctions: ['unused:12'],
      },
      {file: 'hooks/lib.ts', lines: {total: 2, covered: 2}, functions: {total: 1, covered: 1}, missed: [], missedFunctions: []},
    ])
  })

  it('leaves out what packages bring', async () => {
    const files = {
      'package.json': JSON.stringify({
        name: 'team',
        version: '1.0.0',
        oclif: {},
        dependencies: {dep: '1'},
        aurora: {hooks: [{name: 'guard', on: ['pre:job.kill'], script: 'hooks/guard.js'}]},
      }),
      'node_modules/dep/package.json': '{"name": "dep", "version": "1.0.0"}',
      'node_modules/dep/index.js': 'exports.a = () => 1\nexports.b = () => 2',
    }
    const code = `${SDK}import {a} from 'dep'\nexport default () => deny(String(a()))\n`
    expect((await test({code, cases: [DENIES], files})).coverage).toMatchObject([{file: 'hooks/guard.js', missed: []}])
  })
})

describe('a guard that is not shown to guard', () => {
  const allows = {name: 'goes on', expect: {decision: 'allow'}}
  it.each<[string, string[], object, string[]]>([
    ['a pre hook that never denies', ['pre:job.kill'], allows, ["no case shows that 'guard' denies anything"]],
    ['an amend hook that does neither', ['amend:job.kill'], allows, ["no case shows that 'guard' amends or denies anything"]],
    [
      'a pre hook whose denial is not what was expected',
      ['pre:job.kill'],
      {...DENIES, expect: {decision: 'deny', reason: 'x'}},
      ["no case shows that 'guard' denies anything"],
    ],
    ['a pre hook that denies', ['pre:job.kill'], DENIES, []],
    ['a post hook', ['post:job.kill'], allows, []],
  ])('is a problem: %s', async (_, on, one, problems) => {
    const code = hook("if (ctx.job?.name === 'stopped') return deny('no')")
    expect((await test({code, cases: one, entry: {on}})).problems).toEqual(problems)
  })
})

describe('cases that are none', () => {
  it.each<[string, unknown, RegExp]>([
    ['no object', [7], /tests\/guard\.json: case 1: it must be an object/],
    ['no name', {expect: {decision: 'deny'}}, /it has no 'name'/],
    ['an unknown field', {name: 'x', expects: {}}, /case 'x': it has an unknown field 'expects'; did you mean 'expect'/],
    ['an unknown decision', {name: 'x', expect: {decision: 'denied'}}, /'expect\.decision' is one of allow, deny/],
    ['an unknown hook', {name: 'x', hook: 'gard', expect: {decision: 'deny'}}, /the plugin has no hook 'gard'; did you mean 'guard'/],
    ['a job that is none', {name: 'x', context: {job: 'west/www'}, expect: {decision: 'deny'}}, /'context\.job': invalid job key/],
    [
      'an unknown power',
      {name: 'x', powers: {fetsch: []}, expect: {decision: 'deny'}},
      /'powers' has an unknown power 'fetsch'; did you mean 'fetch'/,
    ],
    ['a clock that is none', {name: 'x', powers: {clock: 'noon'}, expect: {decision: 'deny'}}, /'powers\.clock' is a time/],
    [
      'a context of elsewhere',
      {name: 'x', context: '../../../../../../../../etc/passwd', expect: {decision: 'deny'}},
      /it lies outside the plugin's folder/,
    ],
    [
      'a context that is not there',
      {name: 'x', context: 'tests/contexts/none.json', expect: {decision: 'deny'}},
      /tests\/contexts\/none\.json: there is no such file/,
    ],
    [
      'a file that leads out of the project',
      {name: 'x', powers: {read: {'../../x': ''}}, expect: {decision: 'deny'}},
      /is not in the project's folder/,
    ],
  ])('are refused with what is wrong: %s', async (_, cases, problem) => {
    await expect(test({code: hook(''), cases: cases as object})).rejects.toThrow(problem)
  })

  it('are refused when they are no YAML', async () => {
    await expect(test({code: hook(''), cases: [], files: {'tests/bad.yaml': 'a: [1'}})).rejects.toThrow(/tests\/bad\.yaml: .*line 1/s)
  })
})
