import {describe, expect, it} from 'vitest'
import {type Attack, expectHeld} from './attack.ts'
import {Stage} from './stage.ts'

const CPU = 'it used more than 2000 ms of CPU'
const SPIN = 'for (;;);'

const tricks: Record<string, Attack> = {
  'a thenable that spins': {body: `return {then() { ${SPIN} }}`, says: CPU},
  'a thenable that resolves twice': {body: 'return {then(resolve) { resolve(deny("first")); resolve(allow()) }}', says: 'first'},
  'a thenable that resolves with itself, for ever': {body: 'const again = {then(resolve) { resolve(again) }}; return again', says: CPU},
  'a thenable that resolves with a promise of another': {
    body: 'return {then(resolve) { resolve({then(resolve) { resolve(deny("deep")) }}) }}',
    says: 'deep',
  },
  'a getter of then that counts': {
    body: 'let n = 0; return {get then() { if (n++ > 0) return undefined; return (resolve) => resolve({decision: "deny", reason: "seen"}) }}',
    says: 'seen',
  },
  'a promise that is subclassed': {
    body: 'return new (class extends Promise { then(...args) { return super.then(() => args[0](deny("own then"))) } })((resolve) => resolve(allow()))',
    says: 'own then',
  },
  'a patched Promise.prototype.then': {body: 'Promise.prototype.then = () => { throw 1 }; return deny("x")', says: 'x'},
  'a patched constructor of promises': {
    body: 'Promise.prototype.constructor = class { constructor() { throw new Error("made") } }; return deny("x")',
    says: /^(x|made .*|made)$/,
  },
  'a rejection that nobody handles': {body: 'Promise.reject(new Error("loose")); return allow()', says: 'loose'},
  'ten thousand rejections that nobody handles': {body: 'for (let i = 0; i < 1e4; i++) Promise.reject(i); return allow()', says: '0'},
  'a rejection with something that cannot be shown': {
    body: 'Promise.reject({get message() { throw 1 }, toString() { throw 2 }}); return allow()',
    says: /not an instance of `Error`/,
  },
  'a rejection of a call of the host': {body: 'ctx.prompt.confirm("?"); ctx.prompt.input(); return deny("x")', says: 'x'},
  'a promise that is never resolved': {
    body: 'return new Promise(() => {})',
    entry: {timeout: '1s'},
    says: 'it gave no answer within 1000 ms',
  },
  'an await at the top level that is never resolved': {
    script: 'await new Promise(() => {}); export default () => ({decision: "allow"})',
    entry: {timeout: '1s'},
    says: /never finishes loading/,
  },
  'an await at the top level of an import': {
    script: 'import "./b.js"; export default () => {}',
    files: {'b.js': 'await new Promise(() => {})'},
    entry: {timeout: '1s'},
    says: /never finishes loading/,
  },
  'microtasks without end': {body: 'for (;;) await null', says: CPU},
  'microtasks without end beside the answer': {body: '(async () => { for (;;) await null })(); return allow()', says: CPU},
  'a spin that begins after the answer': {
    body: `Promise.resolve().then(() => 0).then(() => 0).then(() => 0).then(() => 0).then(() => { ${SPIN} }); return allow()`,
    says: CPU,
  },
  'memory that is taken after the answer': {
    body: 'const all = []; (async () => { for (;;) { await null; all.push(new Array(1e5).fill(1.5)) } })(); return allow()',
    says: /CPU|memory/,
  },
  'a spin in the finalizer of what is collected': {
    body: `const registry = new FinalizationRegistry(() => { ${SPIN} }); for (let i = 0; i < 1e5; i++) registry.register({i}, i); return deny('x')`,
    says: /^x$|CPU/,
  },
  'a generator that never ends': {body: 'return (async function* () { for (;;) yield 1 })()', says: /returned \{\}, which is no answer/},
  'an async iterator in place of a list': {
    body: 'for await (const x of {[Symbol.asyncIterator]: () => ({next: async () => ({done: false})})}) ;',
    says: CPU,
  },
}

describe('a promise or what looks like one:', () => {
  it.each(Object.entries(tricks))('%s', (_name, attack) => expectHeld(attack))
})

describe('a call of the host that comes late', () => {
  async function staged(script: string, run: (stage: Stage) => Promise<void>): Promise<void> {
    const stage = await Stage.open()
    try {
      await stage.attacker(script, {on: ['amend:job.kill', 'pre:job.kill'], needs: {prompt: true}})
      await run(stage)
      expect(await stage.touched()).toEqual([])
    } finally {
      await stage.close()
    }
  }

  it('through a context that was kept is not heard', () =>
    staged(
      `let old
      export default (ctx) => {
        if (!old) { old = ctx; return }
        old.log.info('late'); old.prompt.confirm('late?').catch(() => {})
        return {decision: 'deny', reason: 'second'}
      }`,
      async (stage) => {
        expect((await stage.run()).failures).toEqual([{hook: 'attack', source: 'plugin attacker', reason: 'second'}])
        expect(stage.home.logs()).toEqual([])
        expect(stage.home.questions).toEqual([])
      },
    ))

  it('does not let the guest go on when it is answered', () =>
    staged(
      `export default (ctx) => {
        if (ctx.phase === 'pre') return {decision: 'deny', reason: 'in time: ' + globalThis.ran}
        ctx.prompt.confirm('in the back?').then(() => { globalThis.ran = true; for (;;); })
      }`,
      async (stage) => {
        let answer = (_yes: boolean): void => {}
        stage.home.answer = () => new Promise((resolve) => (answer = resolve))
        await stage.link({
          name: 'second',
          hooks: [{name: 'second', on: ['amend:job.kill'], script: 's.js'}],
          files: {'s.js': 'export default (ctx) => ctx.log.info("asked meanwhile")'},
        })
        const ended = stage.run({emit: (event) => void (event.type === 'log' && answer(true))})
        expect((await ended).failures).toEqual([{hook: 'attack', source: 'plugin attacker', reason: 'in time: undefined'}])
      },
    ))

  it('counts: after twenty questions a hook asks no more', () =>
    staged(
      `export default async (ctx) => {
        let n = 0
        try { for (;;) { await ctx.prompt.confirm('?'); n++ } } catch (e) { return {decision: 'deny', reason: n + ' ' + e.message} }
      }`,
      async (stage) => {
        const {failures} = await stage.run()
        expect(failures[0]?.reason).toBe('20 ctx.prompt: more than 20 calls in one run')
        expect(stage.home.questions).toHaveLength(20)
      },
    ))
})
