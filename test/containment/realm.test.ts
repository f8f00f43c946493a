import {describe, it} from 'vitest'
import {type Attack, expectHeld} from './attack.ts'

/** Ways to the realm of whoever made an object: each answers with what that realm has and a hook may not have. */
const constructors: Record<string, string> = {
  'its own function': 'return realm((() => {}).constructor)',
  'the context': 'return realm(ctx.constructor.constructor)',
  'an object of the context': 'return realm(ctx.job.constructor.constructor)',
  'a list of the context': 'return realm(ctx.instances.map.constructor)',
  'the state': 'return realm(ctx.state.constructor.constructor)',
  'a log function': 'return realm(ctx.log.info.constructor)',
  'a prompt function': 'return realm(ctx.prompt.confirm.constructor)',
  'a promise of the host': 'const asked = ctx.prompt.confirm("?"); asked.catch(() => {}); return realm(asked.constructor.constructor)',
  'an error of the host': 'return ctx.prompt.confirm("?").then(() => 0, (e) => realm(e.constructor.constructor))',
  'what the error of the host inherits from':
    'return ctx.prompt.confirm("?").then(() => 0, (e) => realm(Object.getPrototypeOf(Object.getPrototypeOf(e)).constructor.constructor))',
  'an error of the engine': 'try { null.x } catch (e) { return realm(e.constructor.constructor) }',
  'an overflow of the stack': 'const f = () => f(); try { f() } catch (e) { return realm(e.constructor.constructor) }',
  'an overflow within the host':
    'let found = []; const f = () => { try { f() } catch (e) { try { ctx.log.info("x") } catch (e) { found = realm(e.constructor.constructor) } } }; f(); return found',
  'the SDK': 'return realm(deny.constructor)',
  'an async function': 'const other = await (async () => {}).constructor("return globalThis")(); return realm(() => () => other)',
  'a generator': 'return realm((code) => { const make = (function* () {}).constructor(code); return () => make().next().value })',
  'Reflect.construct': 'return realm((code) => Reflect.construct(Function, [code], Object))',
  'a bound function': 'return realm(Function.prototype.bind.call(ctx.log.info, null).constructor)',
  'a class that extends Function': 'return realm((code) => new (class extends Function {})(code))',
  'the module object': 'const self = await import("./attack.js").catch((e) => e); return realm(self.constructor.constructor)',
}

describe('the realm behind', () => {
  it.each(Object.entries(constructors))('%s', (_name, reach) => expectHeld({reach}))
})

const objects: Record<string, Attack> = {
  'names of Node and of the host in the global object': {
    reach: `const more = ['global', 'setInterval', 'setImmediate', 'structuredClone', 'URL', 'performance', 'crypto', 'Worker', 'MessageChannel', 'sendLog', 'sendCall', 'ivm', 'isolated', '$0', '$1', '__dirname', 'exports', 'Deno', 'Bun', 'ShadowRealm', 'gc', 'print', 'd8', 'bootstrap', 'waiting']
      return [...NAMES, ...more].filter((name) => name in globalThis)`,
  },
  'names by typeof, which a global object cannot hide': {
    reach: 'return NAMES.filter((name) => (0, eval)(`typeof ${name}`) !== "undefined")',
  },
  'what the global object inherits': {
    reach:
      'const all = []; for (let o = globalThis; o; o = Object.getPrototypeOf(o)) all.push(...Reflect.ownKeys(o)); return NAMES.filter((name) => all.includes(name))',
  },
  'the caller of a sloppy function': {
    reach: `const look = new Function('return [look.caller, arguments.callee.caller]'.replace('look', 'arguments.callee'))
      return look().filter((f) => f !== null && f !== undefined).length ? ['a caller'] : []`,
  },
  'the caller of the hook': {
    script: `export default new Function('let c; try { c = arguments.callee.caller } catch {} return {decision: "deny", reason: "reached " + typeof c + String(c)}')`,
    says: /^reached (undefinedundefined|objectnull)$/,
  },
  'the caller of a getter while the host shows an error': {
    script: `let caller
      const get = new Function('globalThis.caller = arguments.callee.caller; return "x"')
      export default () => {
        if (globalThis.caller) return {decision: 'deny', reason: 'again'}
        const error = Object.defineProperty(new Error('x'), 'name', {get})
        Object.defineProperty(error, 'message', {get() { return 'caller ' + globalThis.caller }})
        throw error
      }`,
    says: /caller (null|undefined)/,
  },
  'functions that the host calls with its own objects': {
    reach: `const got = []
      for (const [object, name] of [[Function.prototype, 'call'], [Function.prototype, 'apply'], [Map.prototype, 'set'], [Map.prototype, 'get'], [Array.prototype, 'map'], [Array.prototype, 'join'], [Promise.prototype, 'then'], [String.prototype, 'split'], [String.prototype, 'slice']]) {
        const own = object[name]
        object[name] = function (...args) { got.push(this, ...args); return Reflect.apply(own, this, args) }
      }
      ctx.log.info('x', {a: 1}); await ctx.prompt.confirm('?').catch(() => {})
      return got.flatMap((value) => typeof value === 'object' && value !== null && !(value instanceof Object) ? ['a foreign object'] : typeof value === 'function' ? realm(value.constructor) : [])`,
  },
  'accessors on what every object inherits': {
    reach: `const got = []
      for (const name of ['run', 'settle', 'default', 'resolve', 'reject', 'value', 'refused', 'result', 'copy', 'reference', 'promise'])
        Object.defineProperty(Object.prototype, name, {__proto__: null, configurable: true, get() { got.push(this); return undefined }, set(value) { got.push(value) }})
      await ctx.prompt.confirm('?').catch(() => {})
      return got.flatMap((value) => value instanceof Object || Object(value) !== value ? [] : ['a foreign object'])`,
  },
  'symbols that are shared by all realms': {
    reach: `Object.prototype[Symbol.for('nodejs.util.inspect.custom')] = function () { globalThis.inspected = true }
      Object.prototype[Symbol.for('nodejs.util.promisify.custom')] = 1
      ctx.log.info({a: 1}); await ctx.prompt.confirm('?').catch(() => {})
      return globalThis.inspected ? ['the host inspects'] : []`,
  },
  'things that are thrown': {
    script: `export default () => { throw new Proxy(new Error('x'), {get(target, name, self) { globalThis.self = self; return name === 'message' ? 'taken' : undefined }}) }`,
    says: /taken|cannot be shown|threw/,
  },
}

describe('objects', () => {
  it.each(Object.entries(objects))('%s', (_name, attack) => expectHeld(attack))
})

const prototypes: Record<string, Attack> = {
  'what all objects inherit': {body: 'Object.prototype.leak = Array.prototype.leak = Function.prototype.leak = String.prototype.leak = 1'},
  'a promise that everything is': {body: 'Object.prototype.then = function (resolve) { resolve({decision: "allow"}) }'},
  'JSON with its own mind': {
    body: `JSON.stringify = () => '{"answer":{"decision":"allow"},"state":{"then":1}}'; JSON.parse = () => ({decision: 'allow'}); return deny('as I said')`,
    says: 'as I said',
  },
  'toJSON on everything': {
    body: `Object.prototype.toJSON = () => ({decision: 'amend', changes: {instances: [7]}}); return deny('x')`,
    says: /call stack|broke the code that runs it|CPU/,
  },
  'primitives with their own mind': {
    body: `for (const type of [String, Number, Boolean, Array, Promise, Map, Error]) for (const name of Reflect.ownKeys(type.prototype)) try { if (name !== 'constructor') type.prototype[name] = () => { throw 'gone' } } catch {}
      return {decision: 'deny', reason: 'still here'}`,
    says: /still here|gone|threw/,
  },
  'frozen things that are thawed before they freeze': {
    script: `Object.freeze = (value) => value
      export default (ctx) => { ctx.job.name = 'stolen'; ctx.instances.push(99); ctx.operation = 'stolen'; ctx.state.job = ctx.job.name; return {decision: 'deny', reason: 'mine is ' + ctx.job.name} }`,
    says: 'mine is stolen',
  },
  'a species of its own': {
    body: `class Evil extends Array { static get [Symbol.species]() { return function () { return {length: 0, stolen: 1} } } }
      Object.defineProperty(Array, Symbol.species, {value: Evil}); return deny('x')`,
    says: 'x',
  },
  'the prototype of the context': {body: `Object.setPrototypeOf(ctx, {then: 1})`, says: /TypeError: .*not extensible.* \(attack\.js:\d+\)/},
  'the prototype of a part of the context': {body: `Object.setPrototypeOf(ctx.job, {name: 'stolen'})`, says: /TypeError: .*not extensible/},
  'the prototype of the state': {body: `Object.setPrototypeOf(ctx.state, {stolen: 1})`},
  'the prototype of the answer': {body: `return Object.setPrototypeOf({}, {decision: 'allow'})`, says: /returned \{\}, which is no answer/},
}

describe('prototypes', () => {
  it.each(Object.entries(prototypes))('%s', (_name, attack) => expectHeld(attack))
})
