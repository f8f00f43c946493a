import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {UserError} from '../../src/model/errors.ts'
import type {HookView} from '../../src/model/hook-view.ts'
import {Home, KILL} from './fixture.ts'

let home: Home
beforeEach(async () => {
  home = await Home.create()
})
afterEach(() => home.remove())

const SDK = "import {allow, deny, amend, hint, defineHook} from '@auroractl/cli/hook'\n"
const hook = (body: string) => `${SDK}export default defineHook(async (ctx) => {${body}})`
const view = (changes: Partial<HookView>): HookView => ({...KILL, ...changes})
const reasons = async (options = {}) => (await home.ask(KILL, options)).failures.map(({reason}) => reason)

describe('selection', () => {
  it('runs a hook once at a point for a job, however operations nest', async () => {
    await home.linkHook(hook('ctx.log.info(ctx.operation)'), {on: ['pre:job.kill', 'pre:job.killall']})
    const chain = await home.chain()
    await chain.run('pre', view({operation: 'job.killall'}))
    await chain.run('pre', view({operation: 'job.kill'}))
    expect(home.logs()).toEqual(['info job.killall'])
    await chain.run('pre', view({operation: 'job.kill', job: {cluster: 'west', role: 'www', environment: 'prod', name: 'other'}}))
    expect(home.logs()).toEqual(['info job.killall', 'info job.kill'])
  })

  it('asks a hook again about a part that is not what the whole was', async () => {
    await home.linkHook(hook('ctx.log.info(`${ctx.operation} ${ctx.instances}`)'))
    const chain = await home.chain()
    await chain.run('pre', view({operation: 'job.killall', instances: [0, 1, 2]}))
    await chain.run('pre', view({operation: 'job.kill', instances: [0, 1, 2]}))
    await chain.run('pre', view({operation: 'job.kill', instances: [0]}))
    await chain.run('pre', view({operation: 'job.kill', instances: [0], config: {instances: 5}}))
    expect(home.logs()).toEqual(['info job.killall 0,1,2', 'info job.kill 0', 'info job.kill 0'])
  })

  it('guards operations that call the one that a pre hook is bound to, in pre alone', async () => {
    await home.linkHook(hook("if (ctx.phase === 'pre') return deny('no')"), {on: ['pre:job.kill', 'post:job.kill']})
    const chain = await home.chain()
    expect((await chain.run('pre', view({operation: 'job.killall'}))).failures).toHaveLength(1)
    expect((await chain.run('pre', view({operation: 'job.create'}))).failures).toEqual([])
    home.events.length = 0
    await chain.run('post', view({operation: 'job.killall', phase: 'post'}))
    expect(home.events).toEqual([])
  })

  it('asks only the hooks whose condition the job meets', async () => {
    await home.linkHook(hook("return deny('no')"), {when: {environment: ['prod', 'staging*'], role: 'w*w'}})
    const chain = await home.chain()
    const job = (environment: string, role = 'www') => view({job: {cluster: 'west', role, environment, name: 'hello'}})
    expect((await chain.run('pre', job('devel'))).failures).toEqual([])
    expect((await chain.run('pre', job('prod', 'mail'))).failures).toEqual([])
    expect((await chain.run('pre', job('staging2'))).failures).toHaveLength(1)
  })

  it('skips hooks by name and all of them, and says so', async () => {
    await home.linkHook(hook("return deny('no')"))
    expect(await reasons({skipHooks: 'guard'})).toEqual([])
    expect(await reasons({skipHooks: 'all'})).toEqual([])
    expect(home.events).toEqual([
      {type: 'hooks.skipped', hooks: ['guard']},
      {type: 'hooks.skipped', hooks: ['guard']},
    ])
  })

  it('records a skip before anything runs, once for a job, with the hooks of every phase', async () => {
    await home.linkHook(hook("return deny('no')"), {on: ['pre:job.kill', 'post:job.kill']}, 'a')
    await home.linkHook(hook("return deny('no')"), {on: ['post:job.kill'], name: 'later'}, 'b')
    await home.linkHook(hook("return deny('no')"), {when: {environment: 'devel'}, name: 'elsewhere'}, 'c')
    const chain = await home.chain({skipHooks: 'all', skipReason: 'INC-7'})
    await chain.run('amend', view({phase: 'amend'}))
    await chain.run('pre', KILL)
    await chain.run('post', view({phase: 'post'}))
    expect(home.skips).toEqual([
      {
        time: expect.any(String),
        user: 'me',
        operation: 'job.kill',
        job: 'west/www/prod/hello',
        dryRun: false,
        hooks: [
          {hook: 'guard', source: 'plugin a'},
          {hook: 'later', source: 'plugin b'},
        ],
        reason: 'INC-7',
      },
    ])
    expect(home.events).toEqual([{type: 'hooks.skipped', hooks: ['guard', 'later'], reason: 'INC-7'}])
  })

  it('skips nothing when that cannot be recorded', async () => {
    await home.linkHook(hook("return deny('no')"))
    const recordSkip = async () => {
      throw new UserError('the disk is full', {code: 'test'})
    }
    const chain = await home.chain({skipHooks: 'guard', recordSkip})
    await expect(chain.run('amend', view({phase: 'amend'}))).rejects.toThrow('the disk is full')
  })

  it('tells a skip once, and records it for each operation', async () => {
    await home.linkHook(hook("return deny('no')"))
    const chain = await home.chain({skipHooks: 'all'})
    await chain.run('pre', view({operation: 'job.killall'}))
    await chain.run('pre', KILL)
    expect(home.skips).toMatchObject([{operation: 'job.killall'}, {operation: 'job.kill'}])
    expect(home.events).toEqual([{type: 'hooks.skipped', hooks: ['guard']}])
  })

  it('names a hook that is to be skipped and does not exist', async () => {
    await home.linkHook(hook("return deny('no')"))
    expect(await reasons({skipHooks: 'gaurd'})).toEqual(['no'])
    expect(home.logs()).toEqual(["warn --skip-hooks: no installed hook is named 'gaurd'"])
    await expect(home.chain({skipHooks: ''})).rejects.toThrow(UserError)
  })

  it('runs hooks in the order of before and after', async () => {
    await home.linkHook(hook("ctx.log.info('a')"), {name: 'a', after: ['b', 'absent']}, 'a')
    await home.linkHook(hook("ctx.log.info('b')"), {name: 'b'}, 'b')
    await home.linkHook(hook("ctx.log.info('c')"), {name: 'c', before: ['b']}, 'c')
    await home.ask()
    expect(home.logs()).toEqual(["warn plugin a: hook 'a' is to run after 'absent': no hook has that name", 'info c', 'info b', 'info a'])
  })

  it('is not there when hooks wait for each other', async () => {
    await home.linkHook(hook(''), {name: 'a', after: ['b']}, 'a')
    await home.linkHook(hook(''), {name: 'b', after: ['a']}, 'b')
    await expect(home.chain()).rejects.toThrow(/b → a → b|a → b → a/)
  })
})
