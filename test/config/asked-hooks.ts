import {setTimeout as pause} from 'node:timers/promises'
import {afterEach} from 'vitest'
import {codeFiles} from '../../src/config/code-files.ts'
import {configHooks} from '../../src/config/config-hooks.ts'
import type {LiveConfig} from '../../src/config/live-config.ts'
import {type LoadedConfig, loadConfig} from '../../src/config/load.ts'
import {selectJob} from '../../src/config/select.ts'
import type {Capabilities} from '../../src/hook/capabilities/capabilities.ts'
import {PromptAnswers} from '../../src/hook/capabilities/prompt-answers.ts'
import {codeDigest} from '../../src/hook/config-hooks/config-grant.ts'
import {ConfigHookRunner} from '../../src/hook/config-hooks/config-hook-runner.ts'
import {ConfigSkips} from '../../src/hook/config-hooks/config-skips.ts'
import {grantFile} from '../../src/hook/grants.ts'
import type {Powers} from '../../src/hook/powers.ts'
import type {AuroraError} from '../../src/model/errors.ts'
import type {RunEvent} from '../../src/model/events.ts'
import type {Response} from '../../src/model/gen/types.ts'
import type {JsonObject} from '../../src/model/json.ts'
import {Masker} from '../../src/model/masker.ts'
import type {ApiCall, HookableMethod} from '../../src/operation/api-call.ts'
import type {Prompt} from '../../src/terminal/prompt.ts'
import {inFolder, write} from './folder.ts'

const started: LiveConfig[] = []
afterEach(() => started.splice(0).forEach((live) => live.close()))

/** Starts the live objects of a file, for the time of a test. */
export async function begin({live: start}: LoadedConfig): Promise<LiveConfig | undefined> {
  const live = await start?.()
  if (live) started.push(live)
  return live
}

export interface Asked {
  method?: HookableMethod
  values?: JsonObject
  /** What became of the call, when it has been made. */
  made?: {response?: Response; error?: AuroraError}
  limitMs?: number
  answers?: string[]
  job?: string
  signal?: AbortSignal
  /** What the user has granted to the file. */
  powers?: Powers
}

export const JOB =
  "Job(name='a', cluster='c', role='r', environment='e', enable_hooks=True, instances=2, task=SimpleTask('p', 'echo {{n}}'))"

function world(prompt: Prompt): Capabilities {
  return {
    prompt,
    answers: new PromptAnswers(),
    folder: inFolder('.'),
    env: process.env,
    dataDir: inFolder('data'),
    scheduler: () => Promise.reject(new Error('there is none')),
    lookup: async () => [],
    now: () => Date.now(),
    masker: new Masker(),
  }
}

/** Asks the hooks of a file before or after a call, and gives what they log and why they are against it. */
export async function ask(
  hooks: string,
  {method = 'kill_job', values, made, limitMs = 5_000, answers = [], job = JOB, signal, powers}: Asked = {},
) {
  const file = write('a.aurora', `${hooks}\njobs = [${job}]`)
  const bindings = [['n', 'seven']] as const
  const loaded = await loadConfig(file, {keepLive: true})
  if (powers) await grantFile(inFolder('data'), {path: file, digest: codeDigest(codeFiles(loaded.inputs)), powers})
  const known = configHooks(loaded, {
    key: {cluster: 'c', role: 'r', environment: 'e', name: 'a'},
    index: 0,
    bindings,
    job: selectJob(loaded, 0, bindings),
  })
  const live = await known?.live()
  if (live) started.push(live)
  const events: RunEvent[] = []
  const emit = (event: RunEvent) => void events.push(event)
  /** A person who thinks for a while. */
  const answer = async () => {
    await pause(answers.length > 0 ? 2 * limitMs : 0)
    return answers.shift() ?? 'nothing'
  }
  const runner = new ConfigHookRunner({
    lent: {world: world({confirm: async () => false, select: answer, input: answer, secret: answer}), user: 'me'},
    dataDir: inFolder('data'),
    emit,
    skips: new ConfigSkips({text: undefined, reason: undefined, record: async () => {}, operation: 'x', user: 'me', dryRun: false}, emit),
    limitMs,
  })
  const call: ApiCall = {method, hooks: known, values: values ?? {instances: [1, 2], message: 'why'}}
  if (made?.response) call.response = made.response
  const going = signal ?? new AbortController().signal
  const failures = made ? (await runner.after(call, made.error), []) : await runner.before(call, going)
  const logged = events.flatMap((event) => (event.type === 'log' ? [`${event.level} ${event.source}: ${event.text}`] : []))
  return {reasons: failures.map(({reason}) => reason), logged, events}
}
