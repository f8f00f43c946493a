import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import type {Json} from '../../model/json.ts'
import {sandboxEntry} from '../../sandbox/javascript/entry.ts'
import {GuestError} from '../../sandbox/javascript/guest-error.ts'
import {childEntry} from '../children.ts'
import {configOptions} from '../config-options.ts'
import {distFile} from '../layout.ts'

/** What is tried in a sandbox, and whether it went as it must. */
export interface Trial {
  name: string
  ms: number
  /** What happened instead. */
  problem?: string
}

interface Guest {
  name: string
  code: string
  held: (answer: Json | undefined, thrown: unknown) => boolean
}

const GUESTS: readonly Guest[] = [
  {name: 'a guest answers', code: 'export default () => 6 * 7', held: (answer) => answer === 42},
  {
    name: 'a guest has no power',
    code: 'export default () => [typeof process, typeof require, typeof fetch].join() ',
    held: (answer) => answer === 'undefined,undefined,undefined',
  },
  {name: 'a guest that never ends is stopped', code: 'export default () => { for (;;); }', held: (_, thrown) => isFault(thrown, 'cpu')},
  {
    name: 'a guest that takes all memory is stopped',
    code: 'export default () => { const all = []; for (;;) all.push(new Array(1e5).fill(all.length)) }',
    held: (_, thrown) => isFault(thrown, 'memory'),
  },
]

/** Runs guests in the JavaScript sandbox, good and bad ones. */
export async function tryJavaScript(): Promise<Trial[]> {
  const {JavaScriptSandbox} = await import('../../sandbox/javascript/sandbox.ts')
  const sandbox = new JavaScriptSandbox(sandboxEntry(childEntry('javascript'), [distFile('children')]))
  try {
    const trials: Trial[] = []
    for (const {name, code, held} of GUESTS) {
      const began = performance.now()
      const program = {isolate: name, name, entry: 'trial.js', read: async () => ({name: 'trial.js', code})}
      const [answer, thrown] = await sandbox
        .run(program, {view: {}, state: {}, functions: {}, log: () => {}, cpuMs: name.includes('memory') ? 10_000 : 200, wallMs: 20_000})
        .then((result): [Json | undefined, unknown] => [result.answer, undefined])
        .catch((error: unknown): [undefined, unknown] => [undefined, error])
      trials.push({name, ms: performance.now() - began, ...(held(answer, thrown) ? {} : {problem: whatHappened(answer, thrown)})})
    }
    return trials
  } finally {
    sandbox.stop()
  }
}

/** Evaluates a configuration, from the start of the child to its answer. */
export async function tryPython(dataDir: string): Promise<Trial[]> {
  const folder = await mkdtemp(join(tmpdir(), 'aurora-doctor-'))
  const began = performance.now()
  const name = 'a configuration is evaluated'
  try {
    const file = join(folder, 'trial.aurora')
    await writeFile(
      file,
      `jobs = [Job(name = 'trial', role = 'r', cluster = 'c', environment = 'test', task = Task(processes = [Process(name = 'p', cmdline = 'x')], resources = Resources(cpu = 1, ram = 1*MB, disk = 1*MB)))]\n`,
    )
    const {loadConfig} = await import('../../config/load.ts')
    const options = configOptions(() => {}, {...process.env, AURORA_NO_CACHE: '1'}, dataDir)
    await loadConfig(file, {...options, bindings: [], readJson: false})
    return [{name, ms: performance.now() - began}]
  } catch (thrown) {
    return [{name, ms: performance.now() - began, problem: whatHappened(undefined, thrown)}]
  } finally {
    await rm(folder, {recursive: true, force: true})
  }
}

function isFault(thrown: unknown, kind: GuestError['kind']): boolean {
  return thrown instanceof GuestError && thrown.kind === kind
}

function whatHappened(answer: Json | undefined, thrown: unknown): string {
  return thrown === undefined ? `it answered ${JSON.stringify(answer)}` : thrown instanceof Error ? thrown.message : String(thrown)
}
