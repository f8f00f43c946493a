import {describe, expect, it} from 'vitest'
import {operation, type RunEvent, SchedulerError, step, UserError} from '@auroractl/cli'
import type {HookView} from '../../src/model/hook-view.ts'
import type {HookChain, PhaseVerdict} from '../../src/operation/hook-chain.ts'
import {runOperation} from '../../src/operation/runner.ts'

declare module '@auroractl/cli' {
  interface Operations {
    'test.run': {options?: {size: number}}
    'test.outer': {options?: Record<string, never>}
  }
}

interface Input {
  size: number
  /** What the acting step meets. */
  act?: () => Promise<string>
  check?: () => Promise<string | undefined>
  kind?: 'checkable' | 'unverifiable'
}

const log: string[] = []
const look = step<Input, {looked: true}>({
  name: 'look',
  run() {
    log.push('look')
    return {looked: true}
  },
})
const act = step<Input, {answer: string}>({
  name: 'act',
  describe: ({size}) => [{text: `change ${size}`}],
  async run({size, act: call = async () => 'done', check = async () => undefined, kind = 'checkable'}, io) {
    log.push(`act ${size}`)
    const known = {name: 'the change', findOut: 'look again', call}
    return {answer: await io.perform(kind === 'checkable' ? {...known, kind, check} : {...known, kind})}
  },
})
const actAgain = step<Input & {again?: () => Promise<string>}, {second: string}>({
  name: 'act again',
  run: async ({again = async () => 'done'}, io) => ({
    second: await io.perform({name: 'second change', findOut: '', kind: 'unverifiable', call: again}),
  }),
})
const inner = operation<'test.run', Input & {again?: () => Promise<string>}>('test.run')
  .read(look)
  .hooks(({size}) => ({options: {size}}), {
    size(_, value) {
      if (typeof value !== 'number') throw new UserError('size is a number', {code: 'test'})
      return {size: value}
    },
  })
  .act(act)
  .act(actAgain)
  .returns(({answer}) => answer)
const outer = operation<'test.outer', Input>('test.outer')
  .act(step<Input, {result: string}>({name: 'call', run: async (input, io) => ({result: await io.call(inner, input)})}))
  .act(step<Input>({name: 'look back', run: () => ({})}))
  .returns(({result}) => result)

type Answers = Partial<Record<`${HookView['phase']}:${string}`, Partial<PhaseVerdict>>>

async function run(
  input: Input & {again?: () => Promise<string>},
  answers: Answers = {},
  options: {dryRun?: boolean; outer?: boolean; signal?: AbortSignal} = {},
) {
  log.length = 0
  const views: HookView[] = []
  const events: RunEvent[] = []
  const hooks: HookChain = {
    warm: () => {},
    close: async () => {},
    async run(phase, view) {
      log.push(`${phase}:${view.operation}`)
      views.push(view)
      return {amendments: [], failures: [], hints: [], effects: [], ...answers[`${phase}:${view.operation}`]}
    },
  }
  const environment = {
    hooks,
    emit: (event: RunEvent) => events.push(event),
    signal: options.signal ?? new AbortController().signal,
    dryRun: options.dryRun ?? false,
    user: 'me',
    run: '1',
  }
  const outcome = await (options.outer ? runOperation(outer, input, environment) : runOperation(inner, input, environment))
  return {outcome, log: [...log], views, events}
}

/** No hooks at all. */
const silent: HookChain = {
  warm: () => {},
  close: async () => {},
  run: async () => ({amendments: [], failures: [], hints: [], effects: []}),
}

const lost = async () => {
  throw new SchedulerError('the connection was cut', {code: 'test.cut', exitCode: 7, sent: 'maybe'})
}
const refused = async () => {
  throw new SchedulerError('no', {code: 'test.refused'})
}

describe('the runner', () => {
  it('looks, asks, acts and tells, in that order', async () => {
    const {outcome, log: order} = await run({size: 1})
    expect(outcome).toEqual({status: 'applied', result: 'done'})
    expect(order).toEqual(['look', 'amend:test.run', 'pre:test.run', 'act 1', 'post:test.run', 'finally:test.run'])
  })

  it('sends exactly what the pre hooks saw after the amendments', async () => {
    const {log: order, views} = await run(
      {size: 1},
      {'amend:test.run': {amendments: [{hook: 'h', source: 'plugin p', changes: {size: 5}}]}},
    )
    expect(views.find(({phase}) => phase === 'pre')?.options).toEqual({size: 5})
    expect(order).toContain('act 5')
  })

  it.each(['{"size": "big"}', '{"nothing": 1}', '{"toString": 1}', '{"__proto__": {"size": 9}}'])(
    'refuses the amendment %s, and changes nothing',
    async (changes) => {
      const amendment = {hook: 'h', source: 'plugin p', changes: JSON.parse(changes) as Record<string, never>}
      const {outcome, log: order} = await run({size: 1}, {'amend:test.run': {amendments: [amendment]}})
      expect(outcome).toMatchObject({status: 'not-applied', error: {code: 'hook.denied', exitCode: 4}})
      expect(order.filter((entry) => entry.startsWith('act'))).toEqual([])
    },
  )

  it.each(['amend', 'pre'] as const)('is stopped by a denial in %s, with every reason', async (phase) => {
    const failures = [
      {hook: 'a', source: 'plugin p', reason: 'frozen'},
      {hook: 'b', source: 'plugin q', reason: 'no ticket'},
    ]
    const {outcome, log: order} = await run({size: 1}, {[`${phase}:test.run`]: {failures}})
    expect(outcome).toMatchObject({status: 'not-applied', error: {fault: 'hook', exitCode: 4, failures}})
    expect(order.filter((entry) => entry.startsWith('act'))).toEqual([])
    expect(order.slice(-2)).toEqual(['error:test.run', 'finally:test.run'])
  })

  it('plans instead of acting in a dry run', async () => {
    const {outcome, log: order, views} = await run({size: 3}, {}, {dryRun: true})
    expect(outcome).toEqual({status: 'planned', effects: [{text: 'change 3'}]})
    expect(order).not.toContain('act 3')
    expect(views.every(({dryRun}) => dryRun)).toBe(true)
  })

  it('asks the hooks of an operation that is a part of another', async () => {
    const denied = await run({size: 1}, {'pre:test.run': {failures: [{hook: 'h', source: 'plugin p', reason: 'no'}]}}, {outer: true})
    expect(denied.outcome).toMatchObject({status: 'not-applied', error: {code: 'hook.denied'}})
    expect(denied.log).not.toContain('act 1')
    expect((await run({size: 1}, {}, {outer: true})).outcome).toEqual({status: 'applied', result: 'done'})
  })

  it('is not applied when the first change is refused, and partly when a later one is', async () => {
    expect((await run({size: 1, act: refused})).outcome).toMatchObject({status: 'not-applied', error: {code: 'test.refused'}})
    expect((await run({size: 1, again: refused})).outcome).toMatchObject({
      status: 'partly',
      done: 'the change',
      error: {code: 'test.refused'},
    })
  })

  it('looks up a change whose answer was lost', async () => {
    expect((await run({size: 1, act: lost, check: async () => 'found'})).outcome).toEqual({status: 'applied', result: 'found'})
    expect((await run({size: 1, act: lost, check: async () => undefined})).outcome).toMatchObject({
      status: 'unknown',
      findOut: 'look again',
      error: {code: 'test.cut'},
    })
    expect((await run({size: 1, act: lost, check: refused})).outcome).toMatchObject({
      status: 'unknown',
      findOut: 'look again',
      error: {exitCode: 7},
    })
    expect((await run({size: 1, act: lost, kind: 'unverifiable'})).outcome).toMatchObject({status: 'unknown'})
  })

  it('takes a change that was broken off by an interrupt for one that may have happened', async () => {
    const broken = async () => {
      throw new DOMException('aborted', 'AbortError')
    }
    expect((await run({size: 1, act: broken, check: async () => 'found'})).outcome).toEqual({status: 'applied', result: 'found'})
    expect((await run({size: 1, act: broken})).outcome).toMatchObject({status: 'unknown', error: {code: 'interrupted', exitCode: 130}})
  })

  it('says what was not done, by the words of the step or by its name', async () => {
    expect((await run({size: 1, again: refused})).outcome).toMatchObject({status: 'partly', left: 'act again'})
    expect((await run({size: 1, act: lost})).outcome).toMatchObject({status: 'unknown', left: 'act again'})
    expect((await run({size: 1, again: lost})).outcome).not.toHaveProperty('left')
    expect((await run({size: 1, act: refused})).outcome).not.toHaveProperty('left')
    const {signal} = new AbortController()
    const said = operation<'test.run', Input>('test.run')
      .act(act)
      .act(
        step<Input, {never: true}>({
          name: 'act on',
          run(_, io) {
            io.left('the last two')
            throw new UserError('no', {code: 'test.refused'})
          },
        }),
      )
      .act(actAgain)
      .returns(() => undefined)
    const environment = {hooks: silent, emit: () => {}, signal, dryRun: false, user: 'me', run: '1'}
    expect(await runOperation(said, {size: 1}, environment)).toMatchObject({status: 'partly', left: 'the last two; act again'})
    // What is left of the operation that calls comes after what is left of the one that it calls.
    expect((await run({size: 1, again: refused}, {}, {outer: true})).outcome).toMatchObject({left: 'act again; look back'})
  })

  it('does not wait for hooks when it is interrupted', async () => {
    const controller = new AbortController()
    const hooks: HookChain = {
      ...silent,
      run: (phase) => (phase === 'pre' ? (controller.abort(), new Promise(() => {})) : silent.run(phase, {} as HookView)),
    }
    const environment = {hooks, emit: () => {}, signal: controller.signal, dryRun: false, user: 'me', run: '1'}
    expect(await runOperation(inner, {size: 1}, environment)).toMatchObject({status: 'not-applied', error: {code: 'interrupted'}})
  })

  it('does not look up a change that was never sent', async () => {
    const never = async () => {
      throw new SchedulerError('refused', {code: 'test.never', sent: 'no'})
    }
    expect((await run({size: 1, act: never, check: async () => 'found'})).outcome).toMatchObject({status: 'not-applied'})
  })

  it('stops before the next step when interrupted', async () => {
    const {outcome, log: order} = await run({size: 1}, {}, {signal: AbortSignal.abort()})
    expect(outcome).toMatchObject({status: 'not-applied', error: {code: 'interrupted', exitCode: 130}})
    expect(order).toEqual([])
  })

  it('counts as done what was done when the interrupt came', async () => {
    const stop = new AbortController()
    const again = async () => {
      stop.abort()
      return 'done'
    }
    expect((await run({size: 1, again}, {}, {signal: stop.signal})).outcome).toEqual({status: 'applied', result: 'done'})
  })

  it('says what was done before the change whose answer was lost', async () => {
    expect((await run({size: 1, again: lost})).outcome).toMatchObject({status: 'unknown', done: 'the change', findOut: ''})
    expect((await run({size: 1, act: lost, check: refused})).outcome).not.toHaveProperty('done')
  })

  it('does not wait for a step that only looks when it is interrupted', async () => {
    const controller = new AbortController()
    const never = operation<'test.run', Input>('test.run')
      .read(step<Input, {never: true}>({name: 'hang', run: () => (controller.abort(), new Promise(() => {}))}))
      .returns(() => undefined)
    const environment = {hooks: silent, emit: () => {}, signal: controller.signal, dryRun: false, user: 'me', run: '1'}
    expect(await runOperation(never, {size: 1}, environment)).toMatchObject({status: 'not-applied', error: {code: 'interrupted'}})
  })

  it('says what went wrong to the error hooks, and how it ended to the last ones', async () => {
    const {views} = await run({size: 1, act: refused})
    expect(views.find(({phase}) => phase === 'error')?.error).toEqual({code: 'test.refused', message: 'no'})
    expect(views.find(({phase}) => phase === 'finally')?.outcome).toBe('not-applied')
  })

  describe('after the pre hooks were asked', () => {
    const surroundings = {
      hooks: {
        warm: () => {},
        close: async () => {},
        run: async () => ({amendments: [], failures: [], hints: [], effects: []}),
      } satisfies HookChain,
      emit: () => {},
      signal: new AbortController().signal,
      dryRun: false,
      user: 'me',
      run: '1',
    }
    const sent: unknown[] = []
    const acting = (run: (context: {config: {task: {cpu: number}}}) => object) =>
      operation<'test.run', {config: {task: {cpu: number}}}>('test.run')
        .hooks(({config}) => ({options: {size: config.task.cpu}}))
        .act(step<{config: {task: {cpu: number}}}, object>({name: 'meddle', run}))
        .act(step<{config: {task: {cpu: number}}}, object>({name: 'send', run: ({config}) => (sent.push(config.task.cpu), {})}))
        .returns(() => undefined)

    it.each([
      ['changes what they saw', ({config}: {config: {task: {cpu: number}}}) => ((config.task.cpu = 9), {})],
      ['puts something else in its place', () => ({config: {task: {cpu: 9}}})],
    ])('a step that %s ends the run, and nothing is sent', async (_, meddle) => {
      const outcome = await runOperation(acting(meddle), {config: {task: {cpu: 1}}}, surroundings)
      expect(outcome).toMatchObject({status: 'not-applied', error: {fault: 'internal'}})
      expect(sent).toEqual([])
    })
  })
})
