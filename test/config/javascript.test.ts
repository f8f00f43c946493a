import {execFileSync} from 'node:child_process'
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import {type LoadOptions, loadConfig} from '../../src/config/load.ts'
import {listJobs} from '../../src/config/keys.ts'
import {selectJob} from '../../src/config/select.ts'
import {UserError} from '../../src/model/errors.ts'
import {parseJobKey} from '../../src/model/job-key.ts'
import type {Job} from '../../src/schema/job.ts'

const repository = fileURLToPath(new URL('../../', import.meta.url))
const example = join(repository, 'docs/examples/hello.aurora.ts')

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aurora-typescript-'))
})
afterEach(() => rmSync(folder, {recursive: true}))

function write(name: string, text: string): string {
  const file = join(folder, name)
  mkdirSync(dirname(file), {recursive: true})
  writeFileSync(file, text)
  return file
}

const KEY = `cluster: 'c', role: 'r', environment: 'e'`
const SMALL = 'resources: {cpu: 1, ram: MB, disk: MB}'
const LIBRARY = `import * as aurora from '@auroractl/cli/config'; const {MB, bind, combine, concat, job, service, task, process, sequential, simple, order, env} = aurora\n`

async function evaluated(text: string, options: LoadOptions = {}): Promise<Job> {
  const config = await loadConfig(write('a.aurora.ts', LIBRARY + text), options)
  return selectJob(config, parseJobKey(listJobs(config)[0] ?? ''))
}

async function refusal(text: string, options: LoadOptions = {}): Promise<UserError> {
  const thrown: unknown = await loadConfig(write('a.ts', text), {limitMs: 10_000, ...options}).catch((error: unknown) => error)
  if (!(thrown instanceof UserError)) throw new Error('the file was accepted')
  expect(thrown.exitCode).toBe(3)
  return thrown
}

describe('a TypeScript configuration', () => {
  test('makes jobs: the example of the documentation', async () => {
    const config = await loadConfig(example, {env: {USER: 'jane', INSTANCES: '3', OTHER: 'x'}})
    expect(listJobs(config)).toEqual(['devcluster/jane/devel/hello'])
    const job = selectJob(config, parseJobKey('devcluster/jane/devel/hello'))
    expect(job).toMatchObject({service: true, instances: 3, task: {name: 'greet', constraints: [{order: ['greet', 'hello']}]}})
    expect([...config.inputs.files.keys()]).toEqual([example])
    expect([...config.inputs.variables.keys()]).toEqual(['USER', 'INSTANCES'])
    const task = config.jobs[0]?.fields.get('task')
    expect([config.jobs[0]?.place?.line, task]).toMatchObject([19, {place: {file: example, line: 26}}])
  })

  test('binds names, keeps bindings in copies, and unsets with null', async () => {
    const job = await evaluated(
      `
      const base = bind(task({processes: [process({name: 'p', cmdline: '{{a}} {{b.c}} {{l[1]}} {{p.name}}'})], ${SMALL}}), {a: 1.5, b: {c: true}, l: [0, 'x'], p: process({name: 'bound', cmdline: ''})})
      export default job({${KEY}, name: 'n', instances: '{{count}}' , lifecycle: null, task: {...bind(base, {a: 2}), name: 't'}, contact: undefined, ...{}} as never)
    `.replace("'{{count}}'", "'2'"),
    )
    expect(job.task.processes?.[0]?.cmdline).toBe('2 True x bound')
    expect(job).toMatchObject({instances: 2, task: {name: 't'}})
    expect(job.lifecycle).toBeUndefined()
    expect(job.contact).toBeUndefined()
  })

  test('puts tasks together', async () => {
    const tasks = `const a = simple('a', 'x'); const b = {...simple('b', 'y'), finalization_wait: 5}; const c = simple('a', 'x')`
    const together = await evaluated(`${tasks}; export const jobs = [job({${KEY}, name: 'n', task: {...combine(a, b, c), name: 'all'}})]`)
    expect(together.task).toMatchObject({resources: {cpu: 3}, finalization_wait: 30, constraints: []})
    expect(together.task.processes?.map(({name}) => name)).toEqual(['a', 'b'])
    const after = await evaluated(`${tasks}; export const jobs = [job({${KEY}, name: 'n', task: concat(a, b)})]`)
    expect(after.task).toMatchObject({resources: {cpu: 1}, finalization_wait: 35, constraints: [{order: ['a', 'b']}]})
  })

  test('tells processes apart, when it puts tasks together, by what is bound to them', async () => {
    const tasks = `const p = process({name: '{{it}}', cmdline: 'x', max_failures: 2n}); const [a, b] = ['a', 'b'].map((it) => task({processes: [bind(p, {it})], ${SMALL}}))`
    const {task} = await evaluated(`${tasks}; export default job({${KEY}, name: 'n', task: {...combine(a, b, b), name: 't'}})`)
    expect(task.processes?.map(({name}) => name)).toEqual(['a', 'b'])
  })

  test('puts no process after itself, and no tasks together', async () => {
    const {task} = await evaluated(
      `const a = simple('a', 'x'); export default job({${KEY}, name: 'n', task: {...concat(a, a, simple('b', 'y')), ...combine()}})`,
    )
    expect(task).toMatchObject({constraints: [{order: ['a', 'b']}], finalization_wait: 90})
  })

  test('tells which alternative a choice is by what made it', async () => {
    const job = await evaluated(
      `export default job({${KEY}, name: 'n', task: simple('a', 'b'), container: aurora.mesos({}), update_config: {update_strategy: aurora.batchUpdateStrategy({batch_size: 3})}})`,
    )
    expect(job).toMatchObject({container: {volumes: []}, update_config: {update_strategy: {autopause_after_batch: false, batch_size: 3}}})
  })

  test('imports TypeScript, JavaScript and JSON of its project, which are inputs', async () => {
    write(
      'lib/base.ts',
      `import type {Job} from '@auroractl/cli/config'\nimport {role} from './role.js'\nexport const base = {cluster: 'c', role, environment: 'e'}`,
    )
    write('lib/role.js', `export const role = 'www'`)
    write('data.json', '{"name": "from json", "__proto__": 1}')
    const job = await evaluated(`
      import {base} from './lib/base.ts'
      import data from './data.json' with {type: 'json'}
      export default job({...base, name: 'n', contact: data.name, task: simple('a', 'b')})`)
    expect(job).toMatchObject({role: 'www', contact: 'from json'})
    const {inputs} = await loadConfig(join(folder, 'a.aurora.ts'))
    expect([...inputs.files.keys()].map((file) => file.slice(folder.length + 1)).toSorted()).toEqual([
      'a.aurora.ts',
      'data.json',
      'lib/base.ts',
      'lib/role.js',
    ])
  })

  test('prints', async () => {
    let printed = ''
    await evaluated(`console.log('hello', {a: 1}); export default job({${KEY}, task: simple('a', 'b')})`, {
      onOutput: (text) => (printed += text),
    })
    expect(printed).toBe('hello {"a":1}\n')
  })

  test.each([
    ['new Date()', {time: true, random: false}],
    ['Date.now()', {time: true, random: false}],
    ['Math.random()', {time: false, random: true}],
    ['new Date(0).getFullYear()', {time: false, random: false}],
  ])('tells whether it looked at what changes: %s', async (expression, inputs) => {
    const file = write('a.ts', `${LIBRARY}export default job({${KEY}, name: String(${expression}), task: simple('a', 'b')})`)
    expect((await loadConfig(file)).inputs).toMatchObject(inputs)
  })

  test('gives ten thousand jobs', async () => {
    const file = write(
      'many.ts',
      `${LIBRARY}export default Array.from({length: 10_000}, (_, i) => job({${KEY}, name: 'n' + i, task: simple('a', 'b')}))`,
    )
    expect((await loadConfig(file)).jobs).toHaveLength(10_000)
  })
})

describe('a TypeScript configuration that is wrong', () => {
  test.each([
    ['syntax', 'const a = 1\nconst b: = 2', /a\.ts:2: /],
    ['TypeScript that is more than types', 'enum A {B}', /a\.ts:1: .*enum/],
    ['an exception', '\n\nnull.x', /a\.ts:3: Cannot read properties of null/],
    [
      'a field that no struct has',
      `${LIBRARY}export default job({instnaces: 1})`,
      /a\.ts:2: Unknown schema attribute instnaces; did you mean 'instances'\?$/,
    ],
    ['no jobs', 'export const job = 1', /it exports no jobs/],
    ['something else as a job', 'export default [7]', /jobs\[0\] is no job but a number/],
    ['a function as a value', 'export default {cluster: () => 1}', /a value is a function/],
    ['a package', "import x from 'lodash'", /cannot import 'lodash': a configuration imports '@auroractl\/cli\/config' and files/],
    ['a module of Node', "import x from 'node:fs'", /cannot import 'node:fs'/],
    ['a file outside of the project', "import x from '/etc/passwd'", /cannot import '\/etc\/passwd': Permission denied/],
    ['a file that is not there', "import x from './no.ts'", /cannot import '.\/no.ts': No such file/],
    ['an export that is not there', "import {nothing} from '@auroractl/cli/config'", /a\.ts: .*does not provide an export named 'nothing'/],
    ['endless recursion', 'function f() { f() }\nf()', /a\.ts:1: Maximum call stack/],
    ['a wait without end', 'await new Promise(() => {})', /never finishes/],
    ['a struct that contains itself', 'const constraints = {}; constraints.a = constraints; export default {constraints}', /call stack/],
    ['the host', 'globalThis.constructor.constructor("return process")().exit()', /process is not defined/],
  ])('is refused: %s', async (_what, text, message) => {
    const {code, message: told} = await refusal(text)
    expect(told).toMatch(message)
    expect(code).toBe('config.javascript')
  })

  test.each([
    ['the environment', 'export default [process.env.HOME]', /env\('NAME'\)/],
    ['CommonJS', 'module.exports = []', /is an ES module/],
    ['the network', "await fetch('http://127.0.0.1/')", /has no network/],
  ])('is told what to do instead of %s', async (_what, text, remedy) => {
    expect((await refusal(text)).remedy).toMatch(remedy)
  })

  test.each([
    ['never ends', 'while (true) {}', 'config.timeout', /did not end within 1 s/],
    ['wants all the memory', 'const a = []; while (true) a.push(new Array(1e5).fill(a.length))', 'config.memory', /more than 256 MB/],
  ])('is stopped when it %s', async (_what, text, code, message) => {
    const error = await refusal(text, code === 'config.timeout' ? {limitMs: 1_000} : {})
    expect(error.code).toBe(code)
    expect(error.message).toMatch(message)
  })

  test('is stopped by the user', async () => {
    const stop = new AbortController()
    const running = loadConfig(write('a.ts', 'while (true) {}'), {signal: stop.signal})
    setTimeout(() => stop.abort(new Error('interrupted')), 300)
    await expect(running).rejects.toThrow('interrupted')
  })
})

describe('the types of the library', () => {
  function compile(text: string): string {
    write('a.ts', text)
    const paths = {'@auroractl/cli/config': [join(repository, 'src/config.ts')]}
    const compilerOptions = {
      paths,
      noEmit: true,
      strict: true,
      module: 'nodenext',
      target: 'es2024',
      allowImportingTsExtensions: true,
      types: ['node'],
      typeRoots: [join(repository, 'node_modules/@types')],
    }
    write('tsconfig.json', JSON.stringify({compilerOptions, files: ['a.ts']}))
    try {
      return execFileSync(join(repository, 'node_modules/.bin/tsc'), ['-p', folder], {encoding: 'utf8'})
    } catch (error) {
      return (error as {stdout: string}).stdout
    }
  }

  test('accept what the engine accepts, and refuse wrong names and types', () => {
    expect(compile(execFileSync('cat', [example], {encoding: 'utf8'}))).toBe('')
    const told = compile(`import {job, process, simple} from '@auroractl/cli/config'
export const fine = job({${KEY}, instances: '{{n}}', service: '{{s}}', task: simple('a', 'b'), lifecycle: null, constraints: {host: 'limit:1'}})
export const name = job({${KEY}, instnaces: 1, task: simple('a', 'b')})
export const number = job({${KEY}, instances: 'two', task: simple('a', 'b')})
export const missing = process({name: 'a'})
`)
    expect(told).toMatch(/a\.ts\(3,.*instnaces/)
    expect(told).toMatch(/a\.ts\(4,.*not assignable/)
    expect(told).toMatch(/a\.ts\(5,.*cmdline/)
    expect(told).not.toMatch(/a\.ts\(2,/)
  })
})
