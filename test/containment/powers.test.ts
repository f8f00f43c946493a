import {describe, expect, it} from 'vitest'
import {powered} from './powered.ts'

const on = powered()

describe('env, secret, scheduler, store, clock and random', () => {
  const env = {GIVEN: 'given', SECRET: 'a-secret-that-nobody-may-read'}

  it.each([
    `'SECRET'`,
    `'__proto__'`,
    `'constructor'`,
    `'given'`,
    `'GIVEN\\0'`,
    `['GIVEN']`,
    `{toString: () => 'SECRET', toJSON: () => 'SECRET'}`,
    '',
  ])('env gives nothing for %s', async (name) => {
    expect(await on.got(`return tell(await ctx.env(${name}))`, {env: ['GIVEN']}, {env})).toMatch(/is not among the variables/)
  })

  it.each([`'SECRET'`, `'__proto__'`, `'toString'`, `['GIVEN']`])('secret gives nothing for %s', async (name) => {
    expect(await on.got(`return tell(await ctx.secret(${name}))`, {secret: ['GIVEN']}, {env})).toMatch(/is not among the hook's secrets/)
  })

  it('secret hides what it gave from then on', async () => {
    const world = on.stage.home.world({env: {GIVEN: 'open-sesame'}})
    await on.stage.attacker(`export default async (ctx) => ({decision: 'deny', reason: 'it is ' + await ctx.secret('GIVEN')})`, {
      needs: {secret: ['GIVEN']},
    })
    const {failures} = await on.stage.run({capabilities: world})
    expect(world.masker.text(failures[0]?.reason ?? '')).not.toContain('open-sesame')
  })

  it.each([`killTasks`, `constructor`, `__proto__`, `then`])('scheduler has no %s', async (name) => {
    const touched: string[] = []
    const scheduler = async (cluster: string) =>
      new Proxy({}, {get: (_, called) => void touched.push(`${cluster} ${String(called)}`)}) as never
    expect(
      await on.got(
        `const call = ctx.scheduler[${JSON.stringify(name)}]; return tell(typeof call === 'function' && Object.hasOwn(ctx.scheduler, ${JSON.stringify(name)}) ? await call() : 'none')`,
        {scheduler: true},
        {scheduler},
      ),
    ).toBe('got "none"')
    expect(touched).toEqual([])
  })

  it('scheduler asks no other cluster', async () => {
    const asked: string[] = []
    const scheduler = async (cluster: string) => {
      asked.push(cluster)
      throw new Error('asked')
    }
    expect(
      await on.got(`const {at} = ctx.scheduler; return tell(await at('east').getJobs('www'))`, {scheduler: true}, {scheduler}),
    ).toMatch(/'east' is not among the clusters/)
    expect(asked).toEqual([])
  })

  it('store keeps a plugin’s data from every other', async () => {
    await on.stage.link({
      name: 'owner',
      hooks: [{name: 'attack', on: ['pre:job.kill'], script: 'o.js', needs: {store: true}}],
      files: {'o.js': `export default async (ctx) => { await ctx.store.set('key', 'mine') }`},
    })
    expect((await on.stage.run({capabilities: on.stage.home.world()})).failures).toEqual([])
    expect(
      await on.got(
        `return tell([await ctx.store.get('key') ?? 'nothing', await ctx.store.keys(), await ctx.store.get("' OR 1=1 --") ?? 'nothing', await ctx.store.get('../owner') ?? 'nothing'])`,
        {store: true},
      ),
    ).toBe('got ["nothing",[],"nothing","nothing"]')
  })

  it.each([
    [
      'a key that is a prototype',
      `await ctx.store.set('__proto__', {leak: 1}); return tell([(await ctx.store.get('__proto__')).leak, typeof {}.leak])`,
      /got \[1,"undefined"\]/,
    ],
    [
      'a key that is SQL',
      `await ctx.store.set("x'); DROP TABLE entry; --", 1); return tell(await ctx.store.keys())`,
      /got \["x'\); DROP TABLE entry; --"\]/,
    ],
    ['a key of a megabyte', `await ctx.store.set('k'.repeat(5e5), 1)`, /a key must be a text/],
    ['a value of a megabyte', `await ctx.store.set('k', 'v'.repeat(5e5))`, /a value of more than 65536 bytes/],
    [
      'values without end',
      `for (let i = 0; ; i++) await ctx.store.set('k' + i, 'v'.repeat(60_000))`,
      /more than \d+ (bytes in all|MB in one run|calls)/,
    ],
    ['keys without end', `for (let i = 0; ; i++) await ctx.store.set('k' + i, 1)`, /more than \d+ (keys|calls in one run)/],
  ])('store takes %s for what it is', async (_name, body, says) => {
    expect(await on.got(body, {store: true}, {}, {timeout: '60s'})).toMatch(says)
  })

  it.each([
    'Date.now()',
    'new Date()',
    'Date()',
    'new Date().constructor.now()',
    'new (new Date(0).constructor)()',
    'Reflect.construct(Date, [])',
    'new (class extends Date {})()',
    'new (Date.bind(null))()',
    'new Intl.DateTimeFormat().format()',
    'new Intl.DateTimeFormat().formatToParts()',
    'Temporal.Now.instant()',
    'performance.now()',
    'Object.getPrototypeOf(new Date(0)).constructor.now()',
  ])('clock is not had without a grant, by %s', async (code) => {
    expect(await on.got(`return tell(${code})`, {})).toMatch(/the time needs|is not defined/)
  })

  it.each(['Math.random()', 'crypto.randomUUID()', 'Math.constructor.random?.() ?? Math.random()'])(
    'chance is not had without a grant, by %s',
    async (code) => {
      expect(await on.got(`return tell(${code})`, {})).toMatch(/chance needs|is not defined/)
    },
  )

  it('every power that was not granted says so', async () => {
    const calls = [
      'fetch("http://127.0.0.1")',
      'exec("id", [])',
      'read("/etc/passwd")',
      'env("HOME")',
      'secret("X")',
      'scheduler.getJobs("www")',
      'store.get("x")',
      'prompt.confirm("?")',
      'clock.now()',
      'random.uuid()',
    ]
    const said = await on.got(
      `const said = []; for (const call of [${calls.map((call) => `() => ctx.${call}`).join()}]) said.push(await call().then(() => 'done', (e) => e.message)); return tell(said)`,
      {},
    )
    const list = JSON.parse(said.slice('got '.length)) as string[]
    expect(list).toHaveLength(calls.length)
    for (const text of list) expect(text).toMatch(/needs "needs": \{/)
  })
})
