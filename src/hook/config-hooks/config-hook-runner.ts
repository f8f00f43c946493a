import type {ConfigHooks} from '../../config/config-hooks.ts'
import type {HookCall} from '../../config/protocol.ts'
import type {AuroraError, HookFailure} from '../../model/errors.ts'
import type {Emit} from '../../model/events.ts'
import type {PlannedEffect} from '../../model/planned-effect.ts'
import type {ApiCall, ApiHooks} from '../../operation/api-call.ts'
import {safeLine} from '../../terminal/safe-text.ts'
import {LentPowers} from '../capabilities/lent-powers.ts'
import {ConfigGrant} from './config-grant.ts'
import {toldOutcome} from './call-outcome.ts'
import type {ConfigSkips} from './config-skips.ts'
import {type Lent, LentHost} from './hook-host.ts'
import {readSaid, reasonAgainst} from './hook-reason.ts'

/** The most time for one hook, without what others take to answer it. */
const LIMIT_MS = 10_000

const PHASES = {pre: 'pre', post: 'post', err: 'error'} as const
type HookEvent = keyof typeof PHASES
const EVENTS = ['pre', 'post', 'err'] as const

export interface ConfigHookOptions {
  lent: Omit<Lent, 'log'>
  /** oclif's data folder, where grants are. */
  dataDir: string
  emit: Emit
  skips: ConfigSkips
  /** The most time for one hook. */
  limitMs?: number
}

interface Due {
  name: string
  /** Its place in `hooks`. */
  number: number
  /** The method that will be asked. */
  method: string
}

/** Asks the hooks of configuration files, for one run of a command. */
export class ConfigHookRunner implements ApiHooks {
  readonly #options: ConfigHookOptions
  readonly #limitMs: number
  readonly #powers: LentPowers
  readonly #grants = new Map<string, ConfigGrant>()

  constructor(options: ConfigHookOptions) {
    this.#options = options
    this.#powers = new LentPowers(options.lent.world, options.emit)
    this.#limitMs = options.limitMs ?? LIMIT_MS
  }

  async before(call: ApiCall, signal: AbortSignal): Promise<readonly HookFailure[]> {
    const {hooks} = call
    if (!hooks) return []
    const meant = await this.#meant(call, hooks)
    // Whatever they hear of in the end, they are there before anything is sent.
    if (meant) await hooks.live()
    return this.#ask(hooks, 'pre', call, null, signal)
  }

  async after(call: ApiCall, error: AuroraError | undefined): Promise<void> {
    // The call has been made, so they hear of it; a second Ctrl-C ends them with all the rest.
    if (call.hooks) await this.#ask(call.hooks, error ? 'err' : 'post', call, toldOutcome(call, error), new AbortController().signal)
  }

  async plan(call: ApiCall): Promise<readonly PlannedEffect[]> {
    const {hooks, method} = call
    if (!hooks) return []
    await this.#meant(call, hooks)
    return this.#due(hooks, 'pre', method).map((hook) => ({text: `ask ${hook.method} of ${hooks.file}`, hook: hook.name}))
  }

  async #ask(
    hooks: ConfigHooks,
    event: HookEvent,
    call: ApiCall,
    outcome: HookCall['outcome'],
    signal: AbortSignal,
  ): Promise<HookFailure[]> {
    const failures: HookFailure[] = []
    for (const hook of this.#due(hooks, event, call.method)) {
      if (signal.aborted) break
      const reason = await this.#askOne(hooks, hook, event, {call, outcome, signal})
      if (reason !== undefined) failures.push({hook: hook.name, source: sourceOf(hooks), reason})
    }
    return failures
  }

  /** Why it is against the call, or failed. */
  async #askOne(
    hooks: ConfigHooks,
    {name, number, method}: Due,
    event: HookEvent,
    {call, outcome, signal}: {call: ApiCall; outcome: HookCall['outcome']; signal: AbortSignal},
  ): Promise<string | undefined> {
    const {emit, lent} = this.#options
    const about = {phase: PHASES[event], hook: name, source: sourceOf(hooks)}
    const {cluster, role, environment, name: job} = hooks.key
    const asked: HookCall = {
      number,
      event,
      method: call.method,
      job: {index: hooks.index, bindings: hooks.bindings, key: [cluster, role, environment, job]},
      values: call.values ?? {},
      outcome,
    }
    const began = performance.now()
    emit({type: 'hook.started', ...about})
    const live = await hooks.live()
    const asking = {...about, hooks, live, grant: this.#grantOf(hooks), lent: this.#powers, signal}
    const host = new LentHost(asking, {...lent, log: (level, text, source) => emit({type: 'log', level, text, source})})
    const answer = await live.ask(asked, {limitMs: this.#limitMs, host, signal})
    host.flush()
    const ms = performance.now() - began
    const reason = reasonAgainst(method, answer, this.#limitMs)
    if (answer.kind !== 'said') {
      emit({type: 'hook.failed', ...about, ms, reason: reason ?? '', denies: event === 'pre'})
      return reason
    }
    const said = readSaid(answer.said)
    if (event === 'pre' && said.empty !== undefined)
      emit({type: 'log', level: 'warn', text: safeLine(`${method} returned ${said.empty}, which stops nothing: False does`), source: name})
    const denies = event === 'pre' && reason !== undefined
    emit({type: 'hook.finished', ...about, ms, decision: denies ? {decision: 'deny', reason} : {decision: 'allow'}})
    return denies ? reason : undefined
  }

  /** Whether any hook hears of the call; tells those that are skipped. */
  async #meant({method}: ApiCall, hooks: ConfigHooks): Promise<boolean> {
    const all = EVENTS.flatMap((event) => listening(hooks, event, method))
    await this.#options.skips.tell(
      hooks,
      sourceOf(hooks),
      all.map(({name}) => name),
    )
    return all.some(({name}) => !this.#options.skips.skips(name))
  }

  #grantOf({path}: ConfigHooks): ConfigGrant {
    const grant = this.#grants.get(path) ?? new ConfigGrant(this.#options.dataDir, path)
    this.#grants.set(path, grant)
    return grant
  }

  #due(hooks: ConfigHooks, event: HookEvent, call: string): Due[] {
    return listening(hooks, event, call).filter(({name}) => !this.#options.skips.skips(name))
  }
}

/** The hooks that have a method for it. */
function listening({hooks}: ConfigHooks, event: HookEvent, call: string): Due[] {
  return hooks.flatMap(({name, methods}, number): Due[] => {
    const method = [`${event}_${call}`, 'generic_hook'].find((each) => methods.includes(each))
    return method === undefined ? [] : [{name: safeLine(name, 100), number, method}]
  })
}

function sourceOf({file}: ConfigHooks): string {
  return `config ${safeLine(file)}`
}
