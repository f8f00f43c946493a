import {describe, it} from 'vitest'
import {type Attack, expectHeld} from './attack.ts'

const stacks: Record<string, Attack> = {
  'prepareStackTrace that looks at the frames': {
    reach: `const found = []
      Error.prepareStackTrace = (_, sites) => { for (const site of sites) { const f = site.getFunction?.(), t = site.getThis?.(); if (f) found.push(...realm(f.constructor)); if (t && t !== globalThis && !(t instanceof Object)) found.push('a foreign object') } return '' }
      new Error().stack; try { null.x } catch (e) { e.stack }; await ctx.prompt.confirm('?').catch((e) => e.stack)
      return found`,
  },
  'prepareStackTrace that spins while the host reads the error': {
    script: `Error.prepareStackTrace = () => { for (;;); }\nexport default () => { throw new Error('x') }`,
    says: 'it used more than 2000 ms of CPU',
  },
  'prepareStackTrace that throws': {
    script: `Error.prepareStackTrace = () => { throw 1 }\nexport default () => { throw new Error('x') }`,
    says: /x|cannot be shown/,
  },
  'prepareStackTrace that returns no text': {
    script: `Error.prepareStackTrace = () => ({toString() { throw 1 }})\nexport default () => { throw new Error('x') }`,
    says: /x|cannot be shown/,
  },
  'a stack that names a file of the user': {
    body: `const e = new Error('x'); e.stack = 'Error: x\\n at f (/etc/passwd:1:1)'; throw e`,
    says: 'x',
  },
  'a stack of five megabytes': {script: `const e = new Error('x'); e.stack = 'at a:1:'.repeat(7e5); throw e`, says: 'x'},
  'a message of five megabytes': {script: `throw new Error(' ['.repeat(2.5e6))`, says: /^[ [(\w.:)]{1,2100}$/},
  'a message without end while it runs': {body: `throw new Error(' [a:1:'.repeat(1e6))`, says: /^.{1,2100}$/s},
  'a name and a message that are accessors': {
    body: `throw Object.defineProperties(new Error(), {name: {get() { throw 1 }}, message: {get() { throw 2 }}})`,
    says: 'it threw something that cannot be shown',
  },
  'a stack trace without a limit': {
    body: `Error.stackTraceLimit = Infinity; const f = (n) => { if (n === 0) throw new Error('deep'); f(n - 1) }; f(5000)`,
    says: /^deep \(attack\.js:\d+\)$/,
  },
  'nothing at all': {body: 'throw undefined', says: 'undefined'},
}

describe('Error', () => {
  it.each(Object.entries(stacks))('%s', (_name, attack) => expectHeld(attack))
})

const IMPORTS = [
  'node:fs',
  'fs',
  'child_process',
  'isolated-vm',
  'node:module',
  '@auroractl/cli',
  '/etc/passwd',
  'file:///etc/passwd',
  'data:text/javascript,export default 1',
  'https://127.0.0.1/x.js',
  '#internal',
  'aurora:guest',
]

describe('importing', () => {
  it.each(IMPORTS)('%s', (name) =>
    expectHeld({
      script: `import ${JSON.stringify(name)}\nexport default () => {}`,
      says: /^attack\.js:1: .*(which no hook has|is not among the dependencies|is not for hooks|lies outside|there is no)/,
    }),
  )

  it.each(IMPORTS)('%s while it runs', (name) => expectHeld({body: `await import([${JSON.stringify(name)}][0])`, says: /Not supported/}))

  const files: Record<string, Attack> = {
    'a file above its folder': {script: `import '../../package.json'\nexport default () => {}`, says: /lies outside the plugin's folder/},
    'a secret by a path with ..': {
      script: `import {secret} from '../../secrets/secret.js'\nexport default () => ({decision: 'deny', reason: secret})`,
      says: /lies outside the plugin's folder/,
    },
    'a file by a path with a null byte': {script: `import './a.js\\0.txt'\nexport default () => {}`, says: /there is no file/},
    'a file that is no script': {script: `import './package.json'\nexport default () => {}`, says: /is no JavaScript or TypeScript file/},
    'a folder': {script: `import './lib'\nexport default () => {}`, files: {'lib/x.js': ''}, says: /is no JavaScript or TypeScript file/},
    'a file of a megabyte': {
      script: `import './big.js'\nexport default () => {}`,
      files: {'big.js': `/*${'x'.repeat(1 << 20)}*/`},
      says: /big\.js is too large/,
    },
    'more modules than anybody writes': {
      script: `${Array.from({length: 220}, (_, i) => `import './m${i}.js'`).join('\n')}\nexport default () => {}`,
      files: Object.fromEntries(Array.from({length: 220}, (_, i) => [`m${i}.js`, ''])),
      says: /more than 200 modules/,
    },
    'itself, in a circle': {
      script: `import {b} from './b.js'; export const a = 1; export default () => ({decision: 'deny', reason: 'a' + b()})`,
      files: {'b.js': `import {a} from './attack.js'; export const b = () => a`},
      says: 'a1',
    },
  }
  it.each(Object.entries(files))('%s', (_name, attack) => expectHeld(attack))
})

const made: Record<string, Attack> = {
  eval: {reach: 'return realm((code) => (0, eval)(`(function () {${code}})`))'},
  'eval in place': {reach: 'return eval("NAMES.filter((name) => name in globalThis)")'},
  'Function with a body that closes it': {
    reach: 'return realm((code) => Function(`}, function () { ${code} `) ?? Function(code))',
    says: /SyntaxError|reached \[\]/,
  },
  'code with an import': {reach: 'return await (0, eval)("import(\'node:fs\')").then(() => ["a module"], () => [])'},
  'code with import.meta': {
    script: `export default () => ({decision: 'deny', reason: JSON.stringify(Object.keys(import.meta)) + typeof import.meta.url + typeof import.meta.resolve})`,
    says: '[]undefinedundefined',
  },
  'code with a source map and a false name': {
    body: `(0, eval)("throw new Error('named')\\n//# sourceURL=/etc/passwd\\n//# sourceMappingURL=file:///etc/passwd")`,
    says: /^named( \(attack\.js:\d+\))?$/,
  },
  'native syntax': {body: 'return eval("%GetOptimizationStatus(() => {})")', says: /SyntaxError/},
  'code that is a hundred megabytes': {body: `return eval('1;'.repeat(5e7))`, says: /memory|CPU|sandbox|string/},
  'code that is nested a million times': {body: `return eval('['.repeat(1e6))`, says: /call stack|memory|CPU|sandbox|SyntaxError/},
}

describe('making code:', () => {
  it.each(Object.entries(made))('%s', (_name, attack) => expectHeld(attack))
})

const wasm: Record<string, Attack> = {
  'is not there': {reach: `return typeof WebAssembly === 'undefined' ? [] : ['WebAssembly']`},
  'is not there by a constructor': {
    reach: `return ['WebAssembly'].filter((name) => (function () { return this }.bind(undefined)() ?? globalThis)[name])`,
  },
  'is not there under another name': {
    reach: `return Reflect.ownKeys(globalThis).filter((name) => { try { return String(globalThis[name]).includes('WebAssembly') || typeof globalThis[name]?.instantiate === 'function' } catch { return false } }).map(String)`,
  },
  'comes not back by deleting what hides it': {
    reach: `delete globalThis.WebAssembly; return 'WebAssembly' in globalThis ? ['WebAssembly'] : []`,
  },
  'compiles no code with an endless loop': {
    body: `new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 8, 1, 0, 10, 9, 1, 7, 0, 3, 64, 12, 0, 11, 11]))`,
    says: /ReferenceError: WebAssembly is not defined/,
  },
  'gives no memory': {body: `new WebAssembly.Memory({initial: 65536})`, says: /ReferenceError: WebAssembly is not defined/},
  'shares no memory with a thread': {body: 'new SharedArrayBuffer(1)', says: /ReferenceError: SharedArrayBuffer is not defined/},
  'lets no thread wait': {body: 'Atomics.wait(new Int32Array(4), 0, 0)', says: /ReferenceError: Atomics is not defined/},
}

describe('WebAssembly', () => {
  it.each(Object.entries(wasm))('%s', (_name, attack) => expectHeld(attack))
})
