import {fileURLToPath} from 'node:url'
import {afterAll, describe, expect, it} from 'vitest'
import type {Json, JsonObject} from '../../src/model/json.ts'
import {sandboxEntry} from '../../src/sandbox/javascript/entry.ts'
import {GuestError} from '../../src/sandbox/javascript/guest-error.ts'
import type {Usage} from '../../src/sandbox/javascript/protocol.ts'
import {type GuestRun, JavaScriptSandbox} from '../../src/sandbox/javascript/sandbox.ts'

const src = (path: string) => fileURLToPath(new URL(`../../src/${path}`, import.meta.url))
const sandbox = new JavaScriptSandbox(sandboxEntry(src('sandbox/javascript/child.ts'), [src('sandbox/'), src('model/')]))
afterAll(() => sandbox.stop())

let programs = 0
const logged: string[] = []

interface Guest extends Partial<GuestRun> {
  isolate?: string
  modules?: Record<string, string>
}

/** Runs a module in a context of its own and gives what it answers. */
async function run(
  code: string,
  {isolate = 'team', modules = {}, ...options}: Guest = {},
): Promise<{answer: Json | undefined; state: JsonObject}> {
  const files: Record<string, string> = {'guest.js': code, ...modules}
  const program = {
    isolate,
    name: `guest ${++programs}`,
    entry: 'guest.js',
    read: async (name: string) => {
      const found = files[name]
      if (found === undefined) throw new Error(`no module ${name}`)
      return {name, code: found}
    },
  }
  return sandbox.run(program, {
    view: {job: {name: 'hello', list: [1]}},
    state: {},
    functions: {},
    log: (level, text) => logged.push(`${level} ${text}`),
    cpuMs: 1_500,
    wallMs: 20_000,
    ...options,
  })
}

const body = async (code: string, options: Guest = {}) => (await run(`export default async (ctx) => {${code}}`, options)).answer
const failure = async (running: Promise<unknown>): Promise<GuestError> =>
  running.then(
    (answer) => {
      throw new Error(`it answered ${JSON.stringify(answer)}`)
    },
    (thrown: unknown) => {
      if (thrown instanceof GuestError) return thrown
      throw thrown
    },
  )

describe('a guest', () => {
  it('answers, imports, and shares nothing with another context of its isolate', async () => {
    expect(await body("const {x} = await (async () => globalThis)(); globalThis.x = 'mine'; return x ?? 'none'")).toBe('none')
    expect(await body("return globalThis.x ?? 'none'")).toBe('none')
    const modules = {'./lib.js': "import {b} from './b.js'; export const a = b + 1", './b.js': 'export const b = 1'}
    expect((await run("import {a} from './lib.js'; import {b} from './b.js'; export default () => [a, b]", {modules})).answer).toEqual([
      2, 1,
    ])
  })

  it('is measured, also when it fails: heap, processor time, and on request what of its code ran', async () => {
    const code = 'export default (ctx) => {\n  if (ctx.fail) throw new Error("x")\n  return unused ?? 1\n}\nfunction unused() {}\n'
    const program = (coverage: boolean) => ({
      isolate: `measured ${coverage}`,
      name: 'm',
      entry: 'm.js',
      coverage,
      read: async () => ({name: 'm.js', code}),
    })
    const usages: Usage[] = []
    const options = {view: {fail: true}, state: {}, functions: {}, log: () => {}, cpuMs: 1_000, wallMs: 20_000}
    for (const coverage of [true, false]) {
      await failure(sandbox.run(program(coverage), {...options, onUsage: (usage) => usages.push(usage)}))
    }
    const [covered, plain] = usages
    expect(plain).toEqual({heapKb: expect.any(Number), cpuMs: expect.any(Number)})
    expect(plain?.heapKb).toBeGreaterThan(100)
    const functions = covered?.coverage?.flatMap((script) => script.functions)
    expect(functions?.map(({functionName, ranges: [range]}) => [functionName, range?.count])).toEqual([
      ['', 1],
      ['default', 1],
      ['unused', 0],
    ])
  })

  it('keeps its module between runs', async () => {
    const program = {
      isolate: 'team',
      name: 'counter',
      entry: 'c.js',
      read: async () => ({name: 'c.js', code: 'let n = 0; export default () => ++n'}),
    }
    const options = {view: {}, state: {}, functions: {}, log: () => {}, cpuMs: 1_000, wallMs: 20_000}
    expect((await sandbox.run(program, options)).answer).toBe(1)
    expect((await sandbox.run(program, options)).answer).toBe(2)
  })

  it('calls functions of the host with plain data, and hears their refusals', async () => {
    const seen: unknown[] = []
    const functions = {
      'prompt.confirm': (args: readonly Json[]) => (seen.push(args), {yes: true}),
      fetch: () => {
        throw new Error('not that')
      },
    }
    expect(await body("return [await ctx.prompt.confirm('x', {a: 1}), await ctx.fetch().catch((e) => e.message)]", {functions})).toEqual([
      {yes: true},
      'not that',
    ])
    expect(seen).toEqual([['x', {a: 1}]])
  })

  it('does not have the time of a function of the host counted', async () => {
    const functions = {
      wait: () => new Promise<Json>((resolve) => AbortSignal.timeout(900).addEventListener('abort', () => resolve('late'))),
    }
    expect(await body('return ctx.wait()', {functions, wallMs: 800})).toBe('late')
  })

  it('has the time of a function counted that the run says counts, also while another one waits for a person', async () => {
    const functions = {
      person: () => new Promise<Json>((resolve) => AbortSignal.timeout(900).addEventListener('abort', () => resolve('late'))),
      machine: () => new Promise<Json>(() => {}),
    }
    const options = {functions, wallMs: 800, counts: (name: string) => name === 'machine'}
    expect(await body('return ctx.person()', options)).toBe('late')
    expect((await failure(body('return ctx.machine()', options))).kind).toBe('timeout')
    expect((await failure(body('await Promise.all([ctx.person(), ctx.machine()])', options))).kind).toBe('timeout')
  })

  it('has of the functions of the host what its prelude makes of them', async () => {
    const code =
      "export default async (ctx) => [await ctx.twice(3), ctx.given, typeof ctx.once, (() => { try { ctx.twice.x = 1 } catch { return 'frozen' } })()]"
    const prelude = '(functions, given) => ({given, twice: async (n) => 2 * (await functions.once(n))})'
    const program = {isolate: 'team', name: 'prelude', entry: 'p.js', prelude, read: async () => ({name: 'p.js', code})}
    const options = {
      view: {},
      state: {},
      given: {a: 1},
      functions: {once: ([n]: readonly Json[]) => n ?? null},
      log: () => {},
      cpuMs: 1_000,
      wallMs: 20_000,
    }
    expect((await sandbox.run(program, options)).answer).toEqual([6, {a: 1}, 'undefined', 'frozen'])
  })

  it('changes its state and nothing else of its context', async () => {
    const {answer, state} = await run(
      `export default (ctx) => {
        const tries = [() => { ctx.job.name = 'x' }, () => { ctx.job.list.push(2) }, () => { ctx.job = 1 }, () => { ctx.log.info = 1 }, () => { delete ctx.log }]
        ctx.state.n = [1]
        return [tries.map((attempt) => { try { attempt(); return 'done' } catch (e) { return e.name } }), ctx.job]
      }`,
    )
    expect(answer).toEqual([['TypeError', 'TypeError', 'TypeError', 'TypeError', 'TypeError'], {name: 'hello', list: [1]}])
    expect(state).toEqual({n: [1]})
  })

  it('logs in the order of its lines, before its answer', async () => {
    logged.length = 0
    await body("ctx.log.info('a', {b: 1}); ctx.log.warn(new Error('c')); ctx.log.error(null)")
    expect(logged).toEqual(['info a {"b":1}', 'warn Error: c', 'error null'])
  })
})

describe('limits end as an error that says which', () => {
  // Every other way to break a limit is among the attacks in test/containment.
  const spins = {loop: 'for (;;) {}', 'a getter that is copied': 'return {get x() { for (;;) {} }}'}
  it.each(Object.entries(spins))('CPU: %s', async (_, code) => {
    const {kind} = await failure(body(code, {cpuMs: 100, functions: {ping: () => 1}}))
    expect(kind).toBe('cpu')
  })

  it('CPU: at the top level of a module', async () => {
    expect((await failure(run('for (;;) {}', {cpuMs: 100}))).kind).toBe('cpu')
  })

  it.each(['new Promise(() => {})', 'ctx.log.info("x"), new Promise(() => {})'])('time: %s', async (promise) => {
    const error = await failure(body(`return (${promise})`, {wallMs: 400}))
    expect(error).toMatchObject({kind: 'timeout', message: 'it gave no answer within 400 ms'})
  })

  const bombs = {arrays: 'const a = []; for (;;) a.push(new Array(1e5).fill(1.5))'}
  it.each(Object.entries(bombs))('memory: %s', async (_, code) => {
    const {kind} = await failure(body(code, {cpuMs: 10_000, isolate: 'bomb'}))
    expect(kind).toMatch(/^(memory|crash)$/)
  })

  const refused = {
    'an answer of 2 MB': 'return "x".repeat(2e6)',
    'an argument of 2 MB': 'await ctx.ping("x".repeat(2e6))',
    'a thousand calls': 'for (let i = 0; i < 1001; i++) await ctx.ping()',
    'a deep answer': 'let a = []; for (let i = 0; i < 1e3; i++) a = [a]; return a',
    'a function': 'return () => 1',
    '__proto__ in an answer': 'return JSON.parse(\'{"changes": {"__proto__": {"admin": true}}}\')',
  }
  it.each(Object.entries(refused))('refused: %s', async (_, code) => {
    expect((await failure(body(code, {functions: {ping: () => 1}, isolate: 'bomb', cpuMs: 10_000}))).kind).toMatch(/^(threw|memory)$/)
  })

  it('counts and cuts log lines', async () => {
    logged.length = 0
    await body("for (let i = 0; i < 3000; i++) ctx.log.info('x'.repeat(10000))")
    expect(logged).toHaveLength(1_000)
    expect(logged.at(-1)).toBe('warn further log lines are left out')
    expect(logged[0]).toHaveLength('info '.length + 4_000)
  })

  it('leaves the next guest a working sandbox', async () => {
    expect(await body('return "fine"')).toBe('fine')
    expect(await body('return "fine, too"', {isolate: 'bomb'})).toBe('fine, too')
  })
})

describe('containment', () => {
  it('cannot call what was not lent to it, nor what objects inherit', async () => {
    expect(await body('return [typeof ctx.exec, typeof ctx.toString.call, typeof ctx.prompt]')).toEqual([
      'undefined',
      'function',
      'undefined',
    ])
  })

  it('shares nothing between isolates, or through prototypes between contexts', async () => {
    await body('Object.prototype.leak = 1; Array.prototype.leak = 1; globalThis.leak = 1', {isolate: 'a'})
    expect(await body('return [typeof {}.leak, typeof [].leak, typeof globalThis.leak]', {isolate: 'a'})).toEqual([
      'undefined',
      'undefined',
      'undefined',
    ])
    expect(await body('return [typeof {}.leak, typeof [].leak, typeof globalThis.leak]', {isolate: 'b'})).toEqual([
      'undefined',
      'undefined',
      'undefined',
    ])
  })

  it('is not heard after its answer, not even through the context that it kept', async () => {
    logged.length = 0
    const calls: unknown[] = []
    const code = `let old; export default (ctx) => {
      if (old) { old.log.info('late'); old.ping('late') }
      old = ctx
      ctx.log.info('now')
      return ctx.ping('now')
    }`
    const program = {isolate: 'team', name: 'keeper', entry: 'k.js', read: async () => ({name: 'k.js', code})}
    const functions = {ping: (args: readonly Json[]) => (calls.push(args), 1)}
    const options = {
      view: {},
      state: {},
      functions,
      log: (level: string, text: string) => logged.push(`${level} ${text}`),
      cpuMs: 1_000,
      wallMs: 20_000,
    }
    await sandbox.run(program, options)
    await sandbox.run(program, options)
    expect(logged).toEqual(['info now', 'info now'])
    expect(calls).toEqual([['now'], ['now']])
  })

  it.each([
    ['null', 'null'],
    ['undefined', 'undefined'],
    ['{toString() { throw 1 }, toJSON() { throw 1 }}', 'it threw something that cannot be shown'],
    ["Object.defineProperty(new Error('x'), 'stack', {get() { throw 1 }})", 'it threw something that cannot be shown'],
    ["Object.defineProperty(new Error('x'), 'message', {get() { throw 1 }})", 'it threw something that cannot be shown'],
    ["'x'.repeat(1e6)", 'x'.repeat(2_000)],
  ])('shows what it threw: %s', async (value, shown) => {
    expect((await failure(body(`throw ${value}`))).message).toBe(shown)
  })

  it('cannot put a place outside its own modules into an error', async () => {
    const error = await failure(body("const e = new Error('x'); e.stack = 'at f (/etc/passwd:1:1)\\n at g (guest.js:7:1)'; throw e"))
    expect(error.location).toBe('guest.js:7')
  })
})
