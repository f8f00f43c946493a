import {cp, rm, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {UserError} from '../../src/model/errors.ts'
import type {HookView} from '../../src/model/hook-view.ts'
import {startSandboxEarly} from '../../src/hook/early-sandbox.ts'
import {Home, KILL, OPERATIONS, SANDBOX} from './fixture.ts'

let home: Home
beforeEach(async () => {
  home = await Home.create()
})
afterEach(() => home.remove())

const SDK = "import {allow, deny, amend, hint, defineHook} from '@auroractl/cli/hook'\n"
const hook = (body: string) => `${SDK}export default defineHook(async (ctx) => {${body}})`
const view = (changes: Partial<HookView>): HookView => ({...KILL, ...changes})
const reasons = async (options = {}) => (await home.ask(KILL, options)).failures.map(({reason}) => reason)

describe('answers', () => {
  it('lets allow() and nothing pass', async () => {
    await home.linkHook(hook('return allow()'))
    expect(await reasons()).toEqual([])
    await home.write({
      name: 'team',
      hooks: [{name: 'guard', on: ['pre:job.kill'], script: 'hooks/guard.js'}],
      files: {'hooks/guard.js': hook('')},
    })
    expect(await reasons()).toEqual([])
  })

  it('denies with the reason, naming hook and plugin', async () => {
    await home.linkHook(hook('return deny(`no kill of ${ctx.job.name} by ${ctx.user}, instances ${ctx.instances}`)'))
    expect(await home.ask()).toEqual({
      amendments: [],
      failures: [{hook: 'guard', source: 'plugin team', reason: 'no kill of hello by me, instances 0,1'}],
      hints: [],
      effects: [],
    })
  })

  it.each([
    ['false', /returned false, which is no answer/],
    ['true', /returned true/],
    ['null', /returned null/],
    ['"deny"', /returned "deny"/],
    ['({decision: "maybe"})', /no answer/],
    ['({decision: "deny"})', /without a reason/],
    ['allow', /returned a function, which is not data/],
    ['amend({x: 1})', /asked for changes in the pre phase/],
    ['hint("x")', /only error hooks/],
    ['deny()', /deny\(\) needs a reason/],
  ])('takes %s as a failure, which denies', async (answer, reason) => {
    await home.linkHook(hook(`return ${answer}`))
    expect(await reasons()).toEqual([expect.stringMatching(reason)])
  })

  it('takes a plain function as a hook', async () => {
    await home.linkHook('export default (ctx) => ({decision: "deny", reason: ctx.operation})')
    expect(await reasons()).toEqual(['job.kill'])
  })

  it('runs a hook in TypeScript', async () => {
    await home.link({
      name: 'typed',
      hooks: [{name: 'guard', on: ['pre:job.kill'], script: 'guard.ts'}],
      files: {
        'guard.ts': `import {deny, type Hook} from '@auroractl/cli/hook'\nconst guard: Hook = (ctx) => deny(ctx.user as string)\nexport default guard`,
      },
    })
    expect(await reasons()).toEqual(['me'])
  })
})

describe('failures', () => {
  it('names the line of the script that threw', async () => {
    await home.linkHook('\n\nexport default () => {\n  null.x\n}')
    expect(await reasons()).toEqual(["TypeError: Cannot read properties of null (reading 'x') (hooks/guard.js:4)"])
  })

  it('names the line of a script that does not compile', async () => {
    await home.linkHook('\nexport default () => {;')
    expect(await reasons()).toEqual([expect.stringMatching(/^Unexpected end of input.* \(hooks\/guard\.js:2\)$/)])
  })

  it('says that a script is missing', async () => {
    await home.linkHook(hook(''))
    await rm(join(home.root('team'), 'hooks/guard.js'))
    expect(await reasons()).toEqual(['there is no file hooks/guard.js'])
  })

  it('reports, and does not deny, with onFailure ignore', async () => {
    await home.linkHook('export default () => { throw new Error("broken") }', {onFailure: 'ignore'})
    expect(await reasons()).toEqual([])
    expect(home.events).toContainEqual(
      expect.objectContaining({type: 'hook.failed', hook: 'guard', source: 'plugin team', reason: 'broken (hooks/guard.js:1)'}),
    )
  })

  it('still honours a denial with onFailure ignore', async () => {
    await home.linkHook(hook("return deny('no')"), {onFailure: 'ignore'})
    expect(await reasons()).toEqual(['no'])
  })

  it('goes on with the other hooks, in a new child, after one that cost the child its life', async () => {
    await home.link({
      name: 'bad',
      hooks: [{name: 'hang', on: ['pre:job.kill'], script: 'hang.js', timeout: '1s'}],
      files: {'hang.js': 'export default () => new Promise(() => {})'},
    })
    await home.linkHook(hook("return deny('also asked')"))
    const {failures} = await home.ask()
    expect(failures).toEqual([
      {hook: 'hang', source: 'plugin bad', reason: 'it gave no answer within 1000 ms'},
      {hook: 'guard', source: 'plugin team', reason: 'also asked'},
    ])
  })

  it('collects every reason of a phase', async () => {
    await home.linkHook(hook("return deny('one')"), {}, 'a')
    await home.linkHook('throw new Error("two")', {}, 'b')
    expect(await reasons()).toEqual(['one', 'two (hooks/guard.js:1)'])
  })
})

describe('phases', () => {
  it('hands over amendments, with who asks for them', async () => {
    await home.linkHook(hook('return amend({instances: [1]})'), {on: ['amend:job.kill']})
    expect(await home.ask(view({phase: 'amend'}))).toEqual({
      amendments: [{hook: 'guard', source: 'plugin team', changes: {instances: [1]}}],
      failures: [],
      hints: [],
      effects: [],
    })
  })

  it('hands over what an error hook has to say', async () => {
    await home.linkHook(hook('return hint(`ask the ${ctx.job.role} team about ${ctx.error.code}`)'), {on: ['error:job.kill']})
    const {hints} = await home.ask(view({phase: 'error', error: {code: 'x', message: 'm'}}))
    expect(hints).toEqual(['ask the www team about x'])
  })

  it('shares ctx.state between the hooks of one run', async () => {
    await home.linkHook(hook('ctx.state.seen = ctx.phase'), {on: ['pre:job.kill']}, 'a')
    await home.linkHook(hook('ctx.log.info(ctx.state.seen)'), {on: ['post:job.kill']}, 'b')
    const chain = await home.chain()
    await chain.run('pre', KILL)
    await chain.run('post', view({phase: 'post'}))
    expect(home.logs()).toEqual(['info pre'])
  })

  it('tells what runs by events', async () => {
    await home.linkHook(hook("return deny('\\u001b[31mred\\u001b[0m')"))
    await home.ask()
    expect(home.events).toEqual([
      {type: 'hook.started', phase: 'pre', hook: 'guard', source: 'plugin team'},
      {
        type: 'hook.finished',
        phase: 'pre',
        hook: 'guard',
        source: 'plugin team',
        ms: expect.any(Number),
        decision: {decision: 'deny', reason: 'red'},
        heapKb: expect.any(Number),
        cpuMs: expect.any(Number),
      },
    ])
  })
})

describe('an interrupt', () => {
  it('ends what a hook has begun, and asks no other', async () => {
    await home.link({
      name: 'slow',
      hooks: [
        {name: 'waits', on: ['pre:job.kill'], script: 'waits.js', timeout: '1m', needs: {exec: ['sleep']}},
        {name: 'next', on: ['pre:job.kill'], script: 'next.js'},
      ],
      files: {'waits.js': hook("await ctx.exec('sleep', ['60'])"), 'next.js': hook("ctx.log.info('asked')")},
    })
    const interrupt = new AbortController()
    const chain = await home.chain({
      emit: (event) => {
        home.events.push(event)
        if (event.type === 'hook.power') interrupt.abort()
      },
    })
    await chain.run('pre', KILL, interrupt.signal)
    expect(home.events.map(({type}) => type)).toEqual(expect.arrayContaining(['hook.power', 'hook.failed']))
    expect(home.logs()).toEqual([])
  })
})

describe('grants', () => {
  it('does not run a hook that was never granted', async () => {
    await home.linkHook(hook('return allow()'))
    await rm(join(home.dataDir, 'grants.json'))
    expect(await reasons()).toEqual([expect.stringMatching(/never granted.*aurora plugins link .*team/)])
  })

  it('does not run a hook that wants more than was granted', async () => {
    await home.linkHook(hook('return allow()'))
    await home.write({name: 'team', hooks: [{name: 'guard', on: ['pre:job.kill'], script: 'hooks/guard.js', needs: {prompt: true}}]})
    expect(await reasons()).toEqual([expect.stringMatching(/this version also wants to ask you questions/)])
    await home.grant('team')
    expect(await reasons()).toEqual([])
  })

  it('denies what the hooks of a plugin guarded that cannot be read any more', async () => {
    await home.linkHook(hook('return allow()'))
    await writeFile(join(home.root('team'), 'package.json'), '{')
    expect(await reasons()).toEqual([expect.stringMatching(/^its plugin cannot be read: .*aurora plugins unlink team/)])
    expect(home.logs()).toEqual([expect.stringMatching(/^warn plugin team: it cannot be read/)])
    expect((await home.ask(view({operation: 'job.create'}))).failures).toEqual([])
    expect((await home.ask(KILL, {skipHooks: 'guard'})).failures).toEqual([])
  })

  it('denies when the manifest has become invalid', async () => {
    await home.linkHook(hook('return allow()'))
    await home.write({name: 'team', hooks: [{name: 'guard', on: ['pre:job.kil'], script: 'hooks/guard.js'}]})
    expect(await reasons()).toEqual([expect.stringMatching(/names an operation that does not exist; did you mean 'job.kill'\?/)])
  })

  it('refuses to guess when the grants cannot be read', async () => {
    await home.linkHook(hook('return allow()'))
    await writeFile(join(home.dataDir, 'grants.json'), '{"version": 1, "plugins": {"team": {"hooks": {"guard": 1}}}}')
    await expect(home.chain()).rejects.toThrow(/grants of the installed hooks cannot be read/)
  })

  it('refuses to guess when the list of plugins cannot be read', async () => {
    await home.linkHook(hook('return allow()'))
    await writeFile(join(home.dataDir, 'package.json'), '{"oclif"')
    await expect(home.chain()).rejects.toThrow(/list of installed plugins cannot be read/)
  })

  it('only reports a plugin without grants that cannot be read', async () => {
    await writeFile(
      join(home.dataDir, 'package.json'),
      JSON.stringify({oclif: {plugins: ['gone', {name: 'lost', type: 'link', root: '/nowhere/at/all'}]}}),
    )
    expect(await reasons()).toEqual([])
    expect(home.logs()).toEqual([expect.stringMatching(/^warn plugin gone/), expect.stringMatching(/^warn plugin lost/)])
  })

  it('knows the operations that a plugin brings', async () => {
    await home.linkHook(hook("return deny('no')"), {on: ['pre:team.deploy']})
    expect((await home.ask(view({operation: 'team.deploy'}))).failures).toEqual([])
    expect(home.logs()).toEqual([expect.stringMatching(/'pre:team.deploy' names an operation that does not exist/)])
    await home.link({name: 'deployer', hooks: [], operations: {'team.deploy': {}, 'team.release': {calls: ['team.deploy']}}})
    await home.grant('team', {'team.deploy': {}})
    expect((await home.ask(view({operation: 'team.deploy'}))).failures).toEqual([{hook: 'guard', source: 'plugin team', reason: 'no'}])
    expect((await home.ask(view({operation: 'team.release'}))).failures).toHaveLength(1)
  })
})

describe('the example no-prod-kill', () => {
  beforeEach(async () => {
    await home.link({name: 'aurora-no-prod-kill', hooks: []})
    const source = fileURLToPath(new URL('../../docs/examples/no-prod-kill', import.meta.url))
    await cp(source, home.root('aurora-no-prod-kill'), {recursive: true})
    await home.grant('aurora-no-prod-kill')
  })

  it('asks, and denies when the answer is no', async () => {
    home.answer = async () => false
    expect(await reasons()).toEqual(['nobody confirmed the kill of www/hello in production'])
    expect(home.questions).toEqual(['[no-prod-kill] Kill instances 0, 1 of www/hello in production?'])
  })

  it('asks, and lets a yes pass, also for a killall', async () => {
    expect((await home.ask(view({operation: 'job.killall'}))).failures).toEqual([])
    expect(home.questions).toHaveLength(1)
  })

  it('denies when nobody can be asked', async () => {
    home.answer = async () => {
      throw new UserError('A question needs a terminal', {code: 'prompt.no-terminal'})
    }
    expect(await reasons()).toEqual([
      "A question needs a terminal; or an answer given with the command: --answer 'no-prod-kill=…' (hooks/no-prod-kill.js:10)",
    ])
  })
})

describe('an early sandbox', () => {
  const start = (operation: string, ...argv: string[]) =>
    startSandboxEarly(operation, argv, {dataDir: home.dataDir, operations: OPERATIONS, sandbox: SANDBOX})

  it('is started for the operations that hooks were granted for, and used by the chain', async () => {
    await home.linkHook(hook("return deny('no')"))
    expect(await start('job.create')).toBeUndefined()
    const early = start('job.killall')
    expect(await early).toBeDefined()
    expect(await reasons({startedSandbox: early, sandbox: {entry: '/nowhere', readable: [], addon: () => '/nowhere'}})).toEqual(['no'])
  })

  it('is not started for a job that no hook is for, where the command line names one', async () => {
    await home.linkHook(hook("return deny('no')"), {when: {environment: 'prod'}})
    expect(await start('job.kill', 'west/www/devel/hello/0-3', '--dry-run')).toBeUndefined()
    for (const argv of [['west/www/prod/hello'], ['west/www/devel/hello', 'west/www/prod/hello'], []]) {
      const early = await start('job.kill', ...argv)
      expect(early).toBeDefined()
      early?.stop()
    }
  })

  it('is none when nothing was granted, or nobody can tell', async () => {
    expect(await start('job.kill')).toBeUndefined()
    await writeFile(join(home.dataDir, 'grants.json'), '{')
    expect(await start('job.kill')).toBeUndefined()
  })
})

it('needs no sandbox for hooks that are not for the operation', async () => {
  await home.linkHook(hook(''), {when: {environment: 'devel'}})
  const chain = await home.chain({operations: OPERATIONS, sandbox: {entry: '/nowhere', readable: [], addon: () => '/nowhere'}})
  expect((await chain.run('pre', KILL)).failures).toEqual([])
})
