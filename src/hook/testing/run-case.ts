import type {Json, JsonObject} from '../../model/json.ts'
import type {ScriptCoverage} from '../../sandbox/javascript/protocol.ts'
import type {HostFunction, JavaScriptSandbox, SourceModule} from '../../sandbox/javascript/sandbox.ts'
import {safeLine} from '../../terminal/safe-text.ts'
import {readAnswer} from '../answer.ts'
import type {Capabilities} from '../capabilities/capabilities.ts'
import {countsTime, LentPowers, preludeSource} from '../capabilities/lent-powers.ts'
import {meets} from '../condition.ts'
import {LIBRARY} from '../guest-sdk.ts'
import {MAX_CPU_MS, reasonOf} from '../hook-runner.ts'
import type {RegisteredHook} from '../registered.ts'
import {scriptReader} from '../script-reader.ts'
import type {Ending} from './compare.ts'
import {fakeFunctions, seedOf} from './fake-functions.ts'
import {fakeWorld} from './fake-world.ts'
import type {TestCase} from './test-case.ts'

/** What came of one case. */
export interface CaseRun {
  ending: Ending
  coverage: readonly ScriptCoverage[]
  /** The modules that ran, by name. */
  modules: ReadonlyMap<string, SourceModule>
}

/** Asks a hook what a case says, in the sandbox, with nothing of the real world. `isolate` is not shared with another case. */
export async function runCase(
  hook: RegisteredHook,
  {view, powers, state}: TestCase,
  sandbox: JavaScriptSandbox,
  isolate: string,
): Promise<CaseRun> {
  const modules = new Map<string, SourceModule>()
  const [log, calls]: [string[], string[]] = [[], []]
  if (!meets(hook.when, view.job)) return {ending: {decision: 'not-asked', log, calls, state}, coverage: [], modules}
  await using fake = await fakeWorld(powers)
  const {signal} = new AbortController()
  const lend = (dryRun: boolean, world: Capabilities) => new LentPowers(world, () => {}).lend(hook, {...view, dryRun}, signal)
  const real = await lend(view.dryRun, fake.world)
  const aside = {...fake.world, now: () => 0}
  const fakes = view.dryRun ? {} : fakeFunctions(powers, hook.needs, (await lend(true, aside)).functions)
  if (powers['store'] !== undefined) await fill((await lend(false, aside)).functions['store.set'], powers['store'])
  const functions = {...real.functions, ...fakes}
  const given = {...real.given, seed: real.given.seed && seedOf(powers['random'])}
  const read = scriptReader(hook.root, hook.script)
  let coverage: readonly ScriptCoverage[] = []
  const program = {
    isolate,
    name: hook.name,
    coverage: true,
    entry: hook.script,
    prelude: preludeSource(given),
    library: LIBRARY,
    async read(specifier: string, referrer: string | undefined) {
      const module = await read(specifier, referrer)
      modules.set(module.name, module)
      return module
    },
  }
  const run = {
    view: view as unknown as JsonObject,
    state,
    functions: recorded(functions, calls),
    given,
    counts: countsTime,
    log: (level: string, text: string) => log.push(`${level} ${safeLine(text)}`),
    cpuMs: Math.min(hook.timeoutMs, MAX_CPU_MS),
    wallMs: hook.timeoutMs,
    onUsage: (usage: {coverage?: readonly ScriptCoverage[]}) => (coverage = usage.coverage ?? []),
  }
  try {
    const outcome = await sandbox.run(program, run)
    const {decision, hint} = readAnswer(outcome.answer, view.phase)
    const ending = hint === undefined ? decision : {decision: 'hint' as const, hint}
    return {ending: {...ending, log, calls, state: outcome.state}, coverage, modules}
  } catch (thrown) {
    return {ending: {decision: 'fail', reason: reasonOf(thrown), log, calls, state}, coverage, modules}
  }
}

async function fill(set: HostFunction | undefined, entries: Json | undefined): Promise<void> {
  for (const [key, value] of Object.entries(entries ?? {})) await set?.([key, value])
}

/** Notes each call as `exec git status`. */
function recorded(functions: Readonly<Record<string, HostFunction>>, calls: string[]): Record<string, HostFunction> {
  return Object.fromEntries(
    Object.entries(functions).map(([name, call]): [string, HostFunction] => [
      name,
      (args) => {
        calls.push(
          safeLine(
            [name, ...args.flat().filter((arg) => arg !== null)]
              .map((arg) => (typeof arg === 'string' ? arg : JSON.stringify(arg)))
              .join(' '),
          ),
        )
        return call(args)
      },
    ]),
  )
}
