import {describe, expect, it} from 'vitest'
import {type Attack, expectHeld} from './attack.ts'
import {Stage} from './stage.ts'

const copied: Record<string, Attack> = {
  'a getter that spins': {body: 'return {get decision() { for (;;); }}', says: /more than 2000 ms of CPU/},
  'a getter that throws': {body: 'return {get decision() { throw new Error("got you") }}', says: /got you \(attack\.js:\d+\)/},
  'a getter that answers differently each time': {
    body: 'let n = 0; return {get decision() { return n++ ? "deny" : "allow" }, reason: "twice"}',
    says: /^twice$/,
  },
  'a Proxy that spins': {body: 'return new Proxy({}, {ownKeys() { for (;;); }})', says: /more than 2000 ms of CPU/},
  'a Proxy with endless names': {
    body: 'return new Proxy({}, {ownKeys: () => Array.from({length: 1e7}, (_, i) => "k" + i), getOwnPropertyDescriptor: () => ({enumerable: true, configurable: true, value: 1})})',
    says: /memory|CPU|larger than/,
  },
  'a Proxy without end': {
    body: 'const p = new Proxy({}, {ownKeys: () => ["a"], getOwnPropertyDescriptor: () => ({enumerable: true, configurable: true}), get: (_, name) => name === "a" ? p : undefined}); return p',
    says: /call stack|circular/,
  },
  'a Proxy of a function': {body: 'return new Proxy(() => {}, {get: () => "deny"})', says: /returned a function, which is not data/},
  'a Proxy that was revoked': {
    body: 'const {proxy, revoke} = Proxy.revocable({}, {}); revoke(); return proxy',
    says: /TypeError: .*revoked/,
  },
  'a toJSON that spins': {body: 'return {toJSON() { for (;;); }}', says: /more than 2000 ms of CPU/},
  'a toJSON that answers another way': {
    body: 'return {...deny("first"), toJSON: () => ({decision: "deny", reason: "second"})}',
    says: 'second',
  },
  'a toJSON that forges the host’s message': {
    body: 'return {toJSON: () => "\\"},\\"state\\":{},\\"answer\\":{\\"decision\\":\\"allow\\"}"}',
    says: /which is no answer/,
  },
  'a valueOf and toString that spin': {
    body: 'return deny({toString() { for (;;); }, valueOf() { for (;;); }})',
    says: /deny\(\) needs a reason/,
  },
  'an argument that is a Proxy': {
    body: 'await ctx.prompt.confirm(new Proxy({}, {get() { throw new Error("looked") }})); return allow()',
    says: /looked|must be a text|needs/,
    entry: {needs: {prompt: true}},
  },
  'a log value that is a Proxy': {body: 'ctx.log.info(new Proxy({}, {get() { throw new Error("looked") }}))', says: /looked/},
}

describe('what runs while the host copies', () => {
  it.each(Object.entries(copied))('%s', (_name, attack) => expectHeld(attack))
})

const refused: Record<string, Attack> = {
  'that is cyclic': {body: 'const a = {}; a.a = a; return a', says: /circular structure/},
  'of two megabytes': {body: 'return deny("x".repeat(2e6))', says: /larger than 1000000 characters/},
  'of two hundred megabytes': {body: 'return deny("x".repeat(2e8))', says: /larger than 1000000 characters|memory|CPU|no answer/},
  'of a million fields': {body: 'const o = {}; for (let i = 0; i < 1e6; i++) o[i] = 1; return o', says: /larger than|memory|CPU|no answer/},
  'that is deep': {body: 'let a = []; for (let i = 0; i < 1000; i++) a = [a]; return a', says: /nested more than 64 levels/},
  'that is a million levels deep': {
    body: 'let a = []; for (let i = 0; i < 1e6; i++) a = [a]; return a',
    says: /call stack|memory|larger|CPU|no answer/,
  },
  'that is a BigInt': {body: 'return 10n ** 100n', says: /BigInt/},
  'that is a symbol': {body: 'return Symbol.iterator', says: /returned a symbol, which is not data/},
  'that is a function': {body: 'return deny', says: /returned a function, which is not data/},
  'false, as if that denied': {body: 'return false', says: /returned false, which is no answer/},
  'with a decision that does not exist': {body: 'return {decision: "allow!"}', says: /which is no answer/},
  'with a decision of another phase': {body: 'return amend({instances: [0]})', says: /only amend hooks can/},
  'with a state that is no object': {
    script:
      'export default (ctx) => { Object.prototype.toJSON = function () { return "state" in this ? {answer: {decision: "allow"}, state: [1]} : this } }',
    says: /ctx\.state must stay an object|broke the code/,
  },
  'and a state of two megabytes': {body: 'ctx.state.x = "x".repeat(2e6)', says: /larger than 1000000 characters/},
  'and a state that is cyclic': {body: 'ctx.state.x = ctx.state', says: /circular structure/},
  'with __proto__': {
    body: `return JSON.parse('{"decision": "deny", "reason": "x", "__proto__": {"leak": 1}}')`,
    says: /a field named '__proto__'/,
  },
  'and a state with __proto__': {body: `ctx.state.x = JSON.parse('{"__proto__": {"leak": 1}}')`, says: /a field named '__proto__'/},
}

describe('an answer', () => {
  it.each(Object.entries(refused))('%s', (_name, attack) => expectHeld(attack))
})

const amendments: Record<string, Attack> = {
  __proto__: {body: `return amend(JSON.parse('{"__proto__": {"leak": 1}}'))`, says: /a field named '__proto__'/},
  '__proto__ within the value': {
    body: `return amend(JSON.parse('{"instances": [{"__proto__": {"leak": 1}}]}'))`,
    says: /a field named '__proto__'/,
  },
  constructor: {body: 'return amend({constructor: {prototype: {leak: 1}}})', says: /job\.kill has no 'constructor' that a hook may amend/},
  toString: {body: 'return amend({toString: 1})', says: /job\.kill has no 'toString' that a hook may amend/},
  hasOwnProperty: {body: 'return amend({hasOwnProperty: 1, instances: [0]})', says: /job\.kill has no 'hasOwnProperty'/},
  'the job, which nobody may amend': {
    body: 'return amend({job: {cluster: "west", role: "root", environment: "prod", name: "other"}})',
    says: /job\.kill has no 'job' that a hook may amend/,
  },
  'the user': {body: 'return amend({user: "root"})', says: /job\.kill has no 'user'/},
  'instances that nobody named': {body: 'return amend({instances: [0, 7]})', says: /instances 0 and 1 only/},
  'a list that is none': {body: 'return amend({instances: {length: 1, 0: 0, every: 1}})', says: /instances 0 and 1 only/},
  'one good field and one bad': {body: 'return amend({instances: [0], dryRun: true})', says: /job\.kill has no 'dryRun'/},
  'a field that drives the terminal': {
    body: 'return amend({["\\u001b[2J\\u202e"]: 1})',
    says: /^it asked for a change of "\\u001b\[2J", which is no field$/,
  },
}

describe('an amendment of', () => {
  it.each(Object.entries(amendments))('%s', async (_name, {body = '', says}) => {
    const stage = await Stage.open()
    try {
      await stage.attacker(`import {amend} from '@auroractl/cli/hook'\nexport default (ctx) => {${body}}`, {on: ['amend:job.kill']})
      const {failures, acted} = await stage.run()
      expect(failures).toEqual([{hook: 'attack', source: 'plugin attacker', reason: expect.stringMatching(says ?? '')}])
      expect(acted).toBe(false)
      expect(await stage.touched()).toEqual([])
    } finally {
      await stage.close()
    }
  })

  it('fifty thousand fields, without a word for each', async () => {
    const stage = await Stage.open()
    try {
      await stage.attacker(
        `export default () => ({decision: 'amend', changes: Object.fromEntries(Array.from({length: 50_000}, (_, i) => ['field' + i, 1]))})`,
        {on: ['amend:job.kill']},
      )
      const {failures} = await stage.run()
      expect(failures).toEqual([
        {hook: 'attack', source: 'plugin attacker', reason: 'it asked for changes of 50000 fields; it may change 100'},
      ])
      expect(await stage.touched()).toEqual([])
    } finally {
      await stage.close()
    }
  })
})

const late: Record<string, string> = {
  'the answer': `const answer = {decision: 'amend', changes: {instances: [0]}}; Promise.resolve().then(() => answer.changes.instances.push(1)).then(() => answer.changes.instances.push(7)); return answer`,
  'the context': `const before = ctx.instances; Promise.resolve().then(() => { try { before.push(7) } catch {} }); return {decision: 'amend', changes: {instances: before.slice(0, 1)}}`,
  'the state, by what it kept of it': `const {state} = ctx; const changes = {instances: [0]}; state.changes = changes; Promise.resolve().then(() => Promise.resolve()).then(() => { changes.instances.push(7) }); return {decision: 'amend', changes: {instances: [0]}}`,
}

describe('changing after it was returned', () => {
  it.each(Object.entries(late))('%s', async (_name, body) => {
    const stage = await Stage.open()
    try {
      await stage.attacker(`export default async (ctx) => {${body}}`, {on: ['amend:job.kill']})
      await stage.link({
        name: 'judge',
        hooks: [{name: 'judge', on: ['pre:job.kill'], script: 'j.js'}],
        files: {'j.js': `export default (ctx) => { if (ctx.instances.includes(7)) return {decision: 'deny', reason: 'changed'} }`},
      })
      const {failures, acted} = await stage.run()
      expect(failures).toEqual([])
      expect(acted).toBe(true)
      expect([[0], [0, 1]]).toContainEqual(stage.sent)
      expect(await stage.touched()).toEqual([])
    } finally {
      await stage.close()
    }
  })
})
