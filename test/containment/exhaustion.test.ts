import {describe, it} from 'vitest'
import {type Attack, expectHeld} from './attack.ts'

const CPU = 'it used more than 2000 ms of CPU'
const MEMORY = /memory|CPU|sandbox ended unexpectedly|Array buffer allocation failed|Invalid (array|string) length|call stack/

const spins: Record<string, Attack> = {
  'a loop': {body: 'for (;;);', says: CPU},
  'a loop while the module is loaded': {script: 'for (;;);\nexport default () => {}', says: CPU},
  'a loop that catches everything': {body: 'for (;;) try { for (;;); } catch {} finally { continue }', says: CPU},
  'a loop in a module that is imported': {script: `import './b.js'\nexport default () => {}`, files: {'b.js': 'for (;;);'}, says: CPU},
  'a loop after a call of the host': {body: 'await ctx.prompt.confirm("?").catch(() => {}); for (;;);', says: CPU},
  'a sort that never agrees': {body: 'for (;;) Array.from({length: 1e5}, (_, i) => i).sort((a, b) => (a * 7919 + b) % 2 - 0.5)', says: CPU},
  'a loop in the engine, over nothing': {
    body: 'return Array.prototype.indexOf.call({length: Number.MAX_SAFE_INTEGER}, 1)',
    says: /CPU|no answer within/,
    entry: {timeout: '3s'},
  },
  'a join of nothing': {
    body: 'return new Array(2 ** 32 - 1).join()',
    says: /CPU|no answer within|Invalid string length|memory/,
    entry: {timeout: '3s'},
  },
  'a power of numbers without end': {
    body: 'let n = 3n; for (;;) n = n ** 3n',
    says: /CPU|BigInt|memory|no answer within/,
    entry: {timeout: '5s'},
  },
  'digits of a large number': {
    body: 'return (7n ** (10n ** 7n)).toString().length',
    says: /CPU|no answer within|BigInt|returned/,
    entry: {timeout: '3s'},
  },
  'a loop of log lines': {body: 'for (;;) ctx.log.info("x")', says: /CPU|no answer within/, entry: {timeout: '3s'}},
  'a loop of calls that are not awaited': {
    body: 'for (;;) ctx.prompt.confirm("?").catch(() => {})',
    says: /CPU|memory|no answer within|unexpectedly/,
    entry: {timeout: '3s'},
  },
}

describe('the processor, by', () => {
  it.each(Object.entries(spins))('%s', (_name, attack) => expectHeld(attack))
})

const patterns: Record<string, Attack> = {
  'nested quantifiers': {body: 'return /^(a+)+$/.test("a".repeat(60) + "b")', says: CPU},
  'alternatives that overlap': {body: 'return /^(a|aa)+$/.test("a".repeat(80) + "b")', says: CPU},
  'references to groups': {body: String.raw`return /^(a*)*\1b/.test("a".repeat(60))`, says: CPU},
  'a replacement': {body: 'return "a".repeat(50_000).replace(/(a*)*b/g, "")', says: /CPU|call stack/},
  'a pattern that is itself endless': {
    body: 'return new RegExp("(".repeat(1e6) + ")".repeat(1e6)).test("x")',
    says: /SyntaxError|CPU|memory/,
  },
  'a repetition that is compiled': {
    body: 'return new RegExp("(?:a{1000}){1000}{1000}".replace("}{", "}(?:){")).test("x")',
    says: /SyntaxError|too large|CPU|returned/,
  },
}

describe('regular expressions with', () => {
  it.each(Object.entries(patterns))('%s', (_name, attack) => expectHeld(attack))
})

const bombs: Record<string, Attack> = {
  arrays: {body: 'const a = []; for (;;) a.push(new Array(1e5).fill(1.5))', says: MEMORY},
  strings: {body: 'const a = []; for (let i = 0; ; i++) a.push([...("y".repeat(1e5) + i)].join("-"))', says: MEMORY},
  'a string that doubles': {body: 'let s = "x"; for (;;) s += s', says: MEMORY},
  'a string of half a gigabyte': {body: 'return "x".padEnd(5e8).split("").length', says: MEMORY},
  'typed arrays': {body: 'const a = []; for (;;) a.push(new Float64Array(1e6).fill(1))', says: MEMORY},
  'one typed array': {body: 'return new Uint8Array(4e9).length', says: MEMORY},
  'a buffer that grows': {
    body: 'const b = new ArrayBuffer(8, {maxByteLength: 2 ** 31}); for (let n = 8; ; n *= 2) { b.resize(n); new Uint8Array(b).fill(1) }',
    says: /memory|resize|allocation|unexpectedly|RangeError/,
  },
  'a buffer that is transferred': {
    body: 'let b = new ArrayBuffer(8); for (let n = 8; ; n *= 2) b = b.transfer(n)',
    says: /memory|allocation|unexpectedly|RangeError/,
  },
  closures: {body: 'const a = []; for (;;) a.push(() => a)', says: MEMORY},
  'a map': {body: 'const m = new Map(); for (let i = 0; ; i++) m.set(i, {i})', says: MEMORY},
  'properties of one object': {body: 'const o = {}; for (let i = 0; ; i++) o["k" + i] = i', says: /memory|unexpectedly|CPU/},
  symbols: {body: 'const a = []; for (let i = 0; ; i++) a.push(Symbol.for("x".repeat(1000) + i))', says: /memory|unexpectedly|CPU/},
  generators: {body: 'const a = []; for (;;) { const g = (function* () { yield new Array(100) })(); g.next(); a.push(g) }', says: MEMORY},
  promises: {body: 'const a = []; for (;;) a.push(new Promise(() => {}).then(() => a))', says: MEMORY},
  'numbers of a hundred megabytes': {body: 'const a = []; for (;;) a.push(1n << 2n ** 28n)', says: /memory|BigInt|unexpectedly/},
  'formats of dates': {
    body: 'const a = []; for (let i = 0; ; i++) a.push(new Intl.DateTimeFormat("de", {timeZone: "Europe/Berlin", hour: "numeric"}))',
    says: /memory|unexpectedly|CPU/,
  },
  'a module whose top level takes all': {script: 'const a = []\nfor (;;) a.push(new Array(1e5).fill(1.5))', says: MEMORY},
  'a log line of half a gigabyte': {body: 'ctx.log.info("x".repeat(5e8))', says: /memory|string|unexpectedly/},
  'a question of half a gigabyte': {
    body: 'await ctx.prompt.confirm("x".repeat(5e8))',
    says: /memory|string|larger than|unexpectedly/,
    entry: {needs: {prompt: true}},
  },
}

describe('memory, by', () => {
  it.each(Object.entries(bombs))('%s', (_name, attack) => expectHeld(attack))
})

const depths: Record<string, Attack> = {
  'a function': {body: 'const f = () => f() + 1; return f()', says: /^RangeError: Maximum call stack size exceeded/},
  'a function that catches its own overflow': {
    body: 'const f = () => { try { return f() } catch { return f() } }; return f()',
    says: /CPU|call stack/,
  },
  'a getter': {body: 'const o = {get x() { return this.x }}; return o.x', says: /Maximum call stack/},
  'a Proxy of a Proxy': {
    body: 'let p = {}; for (let i = 0; i < 1e5; i++) p = new Proxy(p, {}); return p.x',
    says: /Maximum call stack|CPU|no answer/,
  },
  toString: {body: 'const a = []; a[0] = {toString: () => String(a[0])}; return String(a)', says: /Maximum call stack/},
  'a regular expression': {
    body: 'return new RegExp("(?:".repeat(1e5) + ")".repeat(1e5)).test("")',
    says: /SyntaxError|call stack|too large|returned true/,
  },
  JSON: {body: 'return JSON.parse("[".repeat(1e6) + "]".repeat(1e6))', says: /call stack|nested|larger|memory|CPU|no answer/},
  'the host’s copy of its argument': {
    body: 'let a = []; for (let i = 0; i < 1e5; i++) a = [a]; await ctx.prompt.confirm(a)',
    says: /call stack|nested|text|CPU|no answer/,
    entry: {needs: {prompt: true}},
  },
}

describe('recursion of', () => {
  it.each(Object.entries(depths))('%s', (_name, attack) => expectHeld(attack))
})
