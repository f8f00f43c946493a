import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {Stage} from './stage.ts'

let stage: Stage
beforeEach(async () => {
  stage = await Stage.open()
})
afterEach(() => stage.close())

const told = (body: string) => `export default async (ctx) => {${body}}`

/** The first plugin leaves something; the second, of another plugin or of the same, says what it finds. */
async function found(
  leave: string,
  look: string,
  {same = false, entry = {}}: {same?: boolean; entry?: object} = {},
): Promise<string | undefined> {
  const hooks = (name: string) => [{name, on: ['pre:job.kill'], script: `${name}.js`, ...entry}]
  if (same) {
    await stage.link({
      name: 'both',
      hooks: [...hooks('first'), ...hooks('second')],
      files: {'first.js': told(leave), 'second.js': told(look)},
    })
  } else {
    await stage.link({name: 'one', hooks: hooks('first'), files: {'first.js': told(leave)}})
    await stage.link({name: 'two', hooks: hooks('second'), files: {'second.js': told(look)}})
  }
  const {failures} = await stage.run()
  expect(await stage.touched()).toEqual([])
  return failures.find(({hook}) => hook === 'second')?.reason
}

const traces: Record<string, [leave: string, look: string]> = {
  'its globals': ['globalThis.left = 1; var x = 1', `return {decision: 'deny', reason: typeof globalThis.left}`],
  'what it put on prototypes': [
    `Object.prototype.left = Array.prototype.left = Function.prototype.left = 1`,
    `return {decision: 'deny', reason: typeof ({}).left + typeof [].left + typeof (() => {}).left === 'undefinedundefinedundefined' ? 'undefined' : 'left'}`,
  ],
  'symbols of the registry': [
    `globalThis[Symbol.for('left')] = 1`,
    `return {decision: 'deny', reason: typeof globalThis[Symbol.for('left')]}`,
  ],
  'primitives that it changed': [
    `JSON.parse = Array.isArray = Object.freeze = () => 1`,
    `return {decision: 'deny', reason: JSON.parse('"undefined"')}`,
  ],
  'the SDK that it changed': [
    `const sdk = await import('@auroractl/cli/hook').catch(() => ({})); try { sdk.deny = 1 } catch {}`,
    `return {decision: 'deny', reason: typeof sdk}`,
  ],
  'its regular expressions': ['/(left)/.exec("left")', `return {decision: 'deny', reason: RegExp.$1 === '' ? 'undefined' : 'left'}`],
  'its way to tell errors': [
    `Error.prepareStackTrace = () => 'left'; Error.stackTraceLimit = 0`,
    `return {decision: 'deny', reason: /left/.test(new Error('x').stack) || Error.prepareStackTrace ? 'left' : 'undefined'}`,
  ],
}

describe('another plugin finds nothing of', () => {
  it.each(Object.entries(traces))('%s', async (_name, [leave, look]) => {
    expect(await found(leave, look)).toBe('undefined')
  })
})

describe('another hook of the same plugin finds nothing of', () => {
  it.each(Object.entries(traces))('%s', async (_name, [leave, look]) => {
    expect(await found(leave, look, {same: true})).toBe('undefined')
  })
})

describe('the state that hooks share', () => {
  it('is data: functions, getters and prototypes do not pass', async () => {
    const leave = `class Evil { run() {} }; ctx.state.f = () => 1; ctx.state.o = new Evil(); Object.defineProperty(ctx.state, 'g', {enumerable: true, get: () => 'read'})`
    expect(
      await found(
        leave,
        `return {decision: 'deny', reason: [typeof ctx.state.f, Object.getPrototypeOf(ctx.state.o) === Object.prototype, ctx.state.g].join()}`,
      ),
    ).toBe('undefined,true,read')
  })

  it('is a copy: what was kept of it changes nothing later', async () => {
    await stage.link({
      name: 'keeper',
      hooks: [
        {name: 'keep', on: ['amend:job.kill', 'pre:job.kill'], script: 'k.js'},
        {name: 'look', on: ['pre:job.kill'], script: 'l.js', after: ['keep']},
      ],
      files: {
        'k.js': `let old; export default (ctx) => { if (old) old.seen = 'changed'; else { old = ctx.state; old.seen = 'first' } }`,
        'l.js': `export default (ctx) => ({decision: 'deny', reason: ctx.state.seen})`,
      },
    })
    expect((await stage.run()).failures).toEqual([{hook: 'look', source: 'plugin keeper', reason: 'first'}])
  })

  it('goes on without a hook that breaks it', async () => {
    const leave = `ctx.state.seen = 'lost'; throw new Error('broken')`
    expect(await found(leave, `return {decision: 'deny', reason: typeof ctx.state.seen}`)).toBe('undefined')
  })
})

describe('a hook that costs its plugin the isolate', () => {
  it.each([
    ['by memory', 'const a = []; for (;;) a.push(new Array(1e5).fill(1.5))'],
    ['by the processor', 'for (;;);'],
    ['by waiting', 'await new Promise(() => {})'],
  ])('%s costs no other plugin its answer', async (_name, leave) => {
    expect(await found(leave, `return {decision: 'deny', reason: 'asked'}`, {entry: {timeout: '1s'}})).toBe('asked')
  })

  it('costs it no more than its own answer, when another of its hooks is asked', async () => {
    expect(
      await found('const a = []; for (;;) a.push(new Array(1e5).fill(1.5))', `return {decision: 'deny', reason: 'asked'}`, {same: true}),
    ).toBe('asked')
  })

  it('is not forgiven by what another hook answers', async () => {
    const {failures} = await (async () => {
      await stage.link({name: 'one', hooks: [{name: 'first', on: ['pre:job.kill'], script: 'f.js'}], files: {'f.js': told('for (;;);')}})
      await stage.link({
        name: 'two',
        hooks: [{name: 'second', on: ['pre:job.kill'], script: 's.js'}],
        files: {'s.js': told(`return {decision: 'allow'}`)},
      })
      return stage.run()
    })()
    expect(failures).toEqual([{hook: 'first', source: 'plugin one', reason: 'it used more than 2000 ms of CPU'}])
    expect(stage.sent).toBeUndefined()
  })
})

describe('a hook that holds a question', () => {
  const ask = (more: string) => told(`const asked = ctx.prompt.confirm('held?'); asked.catch(() => {}); ${more}`)
  const entry = {timeout: '1s', needs: {prompt: true}}

  it.each([
    ['and spins', 'for (;;);', /CPU|no answer within/],
    ['and takes memory', 'const a = []; for (;;) a.push(new Array(1e5).fill(1.5))', /memory|unexpectedly/],
    ['and throws', 'throw new Error("gone")', /gone/],
    ['and answers', 'return {decision: "deny", reason: "answered"}', /answered/],
  ])('%s is ended, and its question with it', async (_name, more, says) => {
    const signals: (AbortSignal | undefined)[] = []
    const world = stage.home.world()
    const prompt = {
      ...world.prompt,
      confirm: (_question: string, signal?: AbortSignal) =>
        new Promise<boolean>((_, reject) => {
          signals.push(signal)
          signal?.addEventListener('abort', () => reject(new Error('aborted')))
        }),
    }
    await stage.attacker(ask(more), entry)
    await stage.link({
      name: 'two',
      hooks: [{name: 'second', on: ['pre:job.kill'], script: 's.js'}],
      files: {'s.js': told(`return {decision: 'deny', reason: 'asked after'}`)},
    })
    const {failures} = await stage.run({capabilities: {...world, prompt}})
    expect(failures).toEqual([
      {hook: 'attack', source: 'plugin attacker', reason: expect.stringMatching(says)},
      {hook: 'second', source: 'plugin two', reason: 'asked after'},
    ])
    expect(signals.every((signal) => signal?.aborted)).toBe(true)
  })

  it('has not the time counted that a person takes, and hangs no longer after it', async () => {
    stage.home.answer = () => new Promise((resolve) => AbortSignal.timeout(1_300).addEventListener('abort', () => resolve(true)))
    await stage.attacker(told(`await ctx.prompt.confirm('slow?'); await new Promise(() => {})`), entry)
    expect((await stage.run()).failures).toEqual([{hook: 'attack', source: 'plugin attacker', reason: 'it gave no answer within 1000 ms'}])
    expect(stage.home.questions).toEqual(['[attack] slow?'])
  })
})
