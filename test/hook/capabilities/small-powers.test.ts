import {describe, expect, it} from 'vitest'
import {hookBodies} from './ask-hook.ts'

const bodies = hookBodies()
const {ask, uses} = bodies

describe('a power that was not granted', () => {
  it.each([
    ["ctx.prompt.confirm('x')", 'ctx.prompt needs "needs": {"prompt": true}'],
    ["ctx.fetch('https://example.com')", 'ctx.fetch needs "needs": {"fetch": ["https://…"]}'],
    ["ctx.exec('git', [])", 'ctx.exec needs "needs": {"exec": ["git"]}'],
    ["ctx.read('x')", 'ctx.read needs "needs": {"read": ["deploy/*.yaml"]}'],
    ["ctx.env('HOME')", 'ctx.env needs "needs": {"env": ["NAME"]}'],
    ["ctx.secret('TOKEN')", 'ctx.secret needs "needs": {"secret": ["NAME"]}'],
    ['ctx.scheduler.getQuota("www")', 'ctx.scheduler needs "needs": {"scheduler": true}'],
    ["ctx.store.set('a', 1)", 'ctx.store needs "needs": {"store": true}'],
    ['ctx.clock.now()', 'ctx.clock needs "needs": {"clock": true}'],
    ['ctx.random.uuid()', 'ctx.random needs "needs": {"random": true}'],
  ])('%s says what to ask for', async (call, message) => {
    expect(await ask(`await ${call}`)).toBe(`${message} in the hook's manifest (hooks/guard.js:4)`)
    expect(bodies.home.events.filter(({type}) => type === 'hook.power')).toEqual([])
  })
})

describe('env', () => {
  it('gives the variables that the hook names, and no other', async () => {
    const world = {env: {REGION: 'north', OTHER: 'x'}}
    expect(
      await ask("return tell([await ctx.env('REGION'), (await ctx.env('UNSET')) === undefined])", {
        needs: {env: ['REGION', 'UNSET']},
        world,
      }),
    ).toEqual(['north', true])
    expect(uses('env')).toEqual([
      {text: 'REGION', planned: false},
      {text: 'UNSET', planned: false},
    ])
    expect(await ask("return tell(await ctx.env('OTHER'))", {needs: {env: ['REGION']}, world})).toMatch(
      /'OTHER' is not among the variables/,
    )
    expect(await ask("return tell(await ctx.env('toString'))", {needs: {env: ['REGION']}, world})).toMatch(/is not among the variables/)
  })
})

describe('clock and random', () => {
  it('show a Date of the beginning of the run, which ctx.clock.now() moves on, all recorded', async () => {
    let now = Date.UTC(2026, 0, 1)
    const world = {now: () => (now += 1_000)}
    const body = `const first = [Date.now(), new Date().getTime(), Date.parse(Date())]
      await ctx.clock.now()
      return tell([...first, Date.now(), new Date(0).toISOString(), new Date(2020, 1).getFullYear(), new Date() instanceof Date])`
    const [a, b, c] = [1, 2].map((seconds) => Date.UTC(2026, 0, 1, 0, 0, seconds)) as [number, number, ...number[]]
    expect(c).toBeUndefined()
    expect(await ask(body, {needs: {clock: true}, world})).toEqual([a, a, a, b, '1970-01-01T00:00:00.000Z', 2020, true])
    expect(uses('clock').map(({value}) => value)).toEqual([a, b])
  })

  it.each([
    'Date.now()',
    'new Date()',
    'Date()',
    'new (Object.getPrototypeOf(new Date(0)).constructor)()',
    'new (class extends Date {})()',
    'Reflect.construct(Date, [])',
    'new Intl.DateTimeFormat().format()',
    'new Intl.DateTimeFormat().formatToParts()',
  ])('do not give the time to a hook without the clock: %s', async (expression) => {
    expect(await ask(`return tell(String(${expression}))`)).toMatch(/^the time needs "needs": \{"clock": true\}/)
  })

  it('give chance that follows from a recorded seed, and from nothing else', async () => {
    const body = 'return tell([Math.random(), Math.random(), await ctx.random.integer(10), await ctx.random.uuid()])'
    const [first, second, integer, uuid] = (await ask(body, {needs: {random: true}})) as [number, number, number, string]
    for (const number of [first, second]) expect(number >= 0 && number < 1).toBe(true)
    expect(first).not.toBe(second)
    expect(uses('random')).toEqual([
      {
        text: 'a seed, for Math.random',
        planned: false,
        value: [expect.any(Number), expect.any(Number), expect.any(Number), expect.any(Number)],
      },
      {text: 'an integer below 10', planned: false, value: integer},
      {text: 'a UUID', planned: false, value: uuid},
    ])
    expect(await ask('return tell(Math.random())')).toMatch(/^chance needs "needs": \{"random": true\}/)
    expect(await ask('await ctx.random.integer(0)', {needs: {random: true}})).toMatch(/its limit must be an integer of at least 1/)
  })
})

describe('a budget', () => {
  it('ends what a hook may do in one run', async () => {
    const body = 'let n = 0; try { for (;;) { await ctx.clock.now(); n++ } } catch (error) { return tell([n, error.message]) }'
    expect(
      await ask('for (let i = 0; i < 20; i++) await ctx.prompt.confirm("again?"); await ctx.prompt.confirm("again?")', {
        needs: {prompt: true},
      }),
    ).toMatch(/^ctx\.prompt: more than 20 calls in one run/)
    expect(await ask(body, {needs: {clock: true}})).toEqual([1_000, expect.stringMatching(/more than 1000 calls/)])
  })
})
