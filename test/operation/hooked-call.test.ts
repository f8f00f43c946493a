import {describe, expect, it} from 'vitest'
import {type ApiCall, HookDenied, operation, type RunEvent, SchedulerError, step, UserError} from '@auroractl/cli'
import type {ConfigHooks} from '../../src/config/config-hooks.ts'
import type {HookFailure} from '../../src/model/errors.ts'
import type {ApiHooks} from '../../src/operation/api-call.ts'
import type {HookChain} from '../../src/operation/hook-chain.ts'
import type {PastEffect} from '../../src/operation/run-record.ts'
import {runOperation} from '../../src/operation/runner.ts'

declare module '@auroractl/cli' {
  interface Operations {
    'test.hooked': {options?: Record<string, never>}
  }
}

interface Input {
  call: () => Promise<string>
  check?: () => Promise<string | undefined>
}

const api: ApiCall = {method: 'create_job', hooks: undefined as ConfigHooks | undefined}
const hooked = operation<'test.hooked', Input>('test.hooked')
  .act(
    step<Input, {answer: string}>({
      name: 'act',
      describe: (_, io) => io.asked(api),
      run: async ({call, check = async () => undefined}, io) => ({
        answer: await io.perform({kind: 'checkable', name: 'the change', findOut: 'look', call, check, api}),
      }),
    }),
  )
  .returns(({answer}) => answer)

const silent: HookChain = {
  warm: () => {},
  close: async () => {},
  run: async () => ({amendments: [], failures: [], hints: [], effects: []}),
}

/** Runs it, and tells in which order things happened. */
async function run(
  input: Input,
  options: {failures?: HookFailure[]; past?: PastEffect; dryRun?: boolean; interrupt?: AbortController; after?: () => void} = {},
) {
  const order: string[] = []
  const apiHooks: ApiHooks = {
    async before() {
      order.push('before')
      options.interrupt?.abort()
      return options.failures ?? []
    },
    async after(_, error) {
      order.push(error ? `after ${error.code}` : 'after')
      options.after?.()
    },
    plan: async () => [{text: 'ask'}],
  }
  const {past, dryRun = false, interrupt = new AbortController()} = options
  const outcome = await runOperation(
    hooked,
    {
      ...input,
      call() {
        order.push('call')
        return input.call()
      },
    },
    {
      hooks: silent,
      apiHooks,
      emit: (event: RunEvent) => void (event.type === 'effect.intended' && order.push('intended')),
      signal: interrupt.signal,
      dryRun,
      user: 'me',
      run: '1',
      record: {
        seal: () => '',
        assureWritten: () => {},
        past: {effects: new Map(past ? [['test.hooked/act/change', past]] : []), memos: new Map(), seen: new Map()},
      },
    },
  )
  return {outcome, order}
}

const lost = () => Promise.reject(new SchedulerError('it broke', {code: 'scheduler.lost', sent: 'maybe'}))

describe('hooks of a configuration', () => {
  it('are asked before a change is intended, and told afterwards', async () => {
    const {outcome, order} = await run({call: async () => 'done'})
    expect(outcome).toEqual({status: 'applied', result: 'done'})
    expect(order).toEqual(['before', 'intended', 'call', 'after'])
  })

  it('stop it: nothing is intended, and nobody is told', async () => {
    const failures = [{hook: 'Guard', source: 'config a.aurora', reason: 'pre_create_job returned False'}]
    const {outcome, order} = await run({call: async () => 'done'}, {failures})
    expect(order).toEqual(['before'])
    expect(outcome).toMatchObject({status: 'not-applied', error: {code: 'hook.denied', exitCode: 4, failures}})
    expect('error' in outcome && outcome.error).toBeInstanceOf(HookDenied)
    expect('error' in outcome && outcome.error.message).toBe(
      'Pre hooks stopped call to create_job:\n  Guard (config a.aurora): pre_create_job returned False',
    )
  })

  it('are told why it failed', async () => {
    const refused = () => Promise.reject(new UserError('no', {code: 'test.refused'}))
    expect((await run({call: refused})).order).toEqual(['before', 'intended', 'call', 'after test.refused'])
  })

  it('are told that it succeeded when looking finds so, and that its answer was lost when nobody knows', async () => {
    expect((await run({call: lost, check: async () => 'found'})).order).toEqual(['before', 'intended', 'call', 'after'])
    const {outcome, order} = await run({call: lost})
    expect(order).toEqual(['before', 'intended', 'call', 'after scheduler.lost'])
    expect(outcome.status).toBe('unknown')
  })

  it('undo nothing when they break after the change: it is done', async () => {
    const after = () => {
      throw new UserError('the grants cannot be read', {code: 'test.after'})
    }
    const {outcome} = await run({call: async () => 'done'}, {after})
    expect(outcome).toMatchObject({status: 'partly', done: 'the change', error: {code: 'test.after'}})
    expect((await run({call: lost, check: async () => 'found'}, {after})).outcome).toMatchObject({status: 'partly', done: 'the change'})
  })

  it('are not asked about what an earlier attempt of the run did', async () => {
    const past = {name: 'the change', state: 'done', answer: 'before', findOut: 'look'} as const
    const {outcome, order} = await run({call: async () => 'again'}, {past})
    expect({outcome, order}).toEqual({outcome: {status: 'applied', result: 'before'}, order: []})
  })

  it('are asked when looking shows that it did not happen', async () => {
    const past = {name: 'the change', state: 'in-doubt', answer: null, findOut: 'look'} as const
    expect((await run({call: async () => 'again', check: async () => 'found'}, {past})).order).toEqual([])
    expect((await run({call: async () => 'again'}, {past})).order).toEqual(['before', 'intended', 'call', 'after'])
  })

  it('are left when the user interrupts them, and then nothing is sent', async () => {
    const failures = [{hook: 'Guard', source: 'config a.aurora', reason: 'could not be asked'}]
    const {outcome, order} = await run({call: async () => 'done'}, {failures, interrupt: new AbortController()})
    expect(order).toEqual(['before'])
    expect(outcome).toMatchObject({status: 'not-applied', error: {code: 'interrupted', exitCode: 130}})
  })

  it('are planned in a dry run', async () => {
    const {outcome, order} = await run({call: async () => 'done'}, {dryRun: true})
    expect({outcome, order}).toEqual({outcome: {status: 'planned', effects: [{text: 'ask'}]}, order: []})
  })
})
