import type {Emit} from '../model/events.ts'
import {HOOK_PHASES} from '../model/hook-point.ts'
import type {HookView} from '../model/hook-view.ts'
import type {JsonObject} from '../model/json.ts'
import type {GuestProgram, JavaScriptSandbox} from '../sandbox/javascript/sandbox.ts'
import {safeLine, safeText} from '../terminal/safe-text.ts'
import {type Answer, type Judgement, readAnswer} from './answer.ts'
import type {Capabilities} from './capabilities/capabilities.ts'
import type {Given} from './capabilities/guest-context.ts'
import {countsTime, type Lent, LentPowers, preludeSource} from './capabilities/lent-powers.ts'
import {LIBRARY} from './guest-sdk.ts'
import type {RegisteredHook} from './registry.ts'
import {scriptReader} from './script-reader.ts'

/** CPU is for judging, not for computing; the hook's own `timeout` is about waiting. */
export const MAX_CPU_MS = 2_000

export interface HookSurroundings {
  sandbox: JavaScriptSandbox
  capabilities: Capabilities
  emit: Emit
}

/** What a hook used, as far as it is known. */
interface Cost {
  heapKb?: number
  cpuMs?: number
}

/** Asks one hook at a time in the sandbox, for one run of a command. */
export class HookRunner {
  readonly #surroundings: HookSurroundings
  readonly #powers: LentPowers
  readonly #programs = new Map<RegisteredHook, GuestProgram>()
  readonly #readers = new Map<RegisteredHook, GuestProgram['read']>()
  #state: JsonObject = {}

  constructor(surroundings: HookSurroundings) {
    this.#surroundings = surroundings
    this.#powers = new LentPowers(surroundings.capabilities, surroundings.emit)
  }

  /** Begins to read the scripts of hooks that will be asked, all at once. */
  prepare(hooks: readonly RegisteredHook[]): void {
    // What is wrong with one is told when its hook is asked.
    for (const hook of hooks) if (hook.blocked === undefined) this.#reader(hook)(hook.script, undefined).catch(() => {})
  }

  /** The hook's answer. Everything that goes wrong, its being blocked too, is an Error whose message is fit for a terminal. */
  async ask(hook: RegisteredHook, view: HookView, signal?: AbortSignal): Promise<Answer> {
    const {phase} = view
    const {name, source} = hook
    const {emit} = this.#surroundings
    const began = performance.now()
    const cost: Cost = {}
    emit({type: 'hook.started', phase, hook: name, source})
    try {
      const answer = safeAnswer(await this.#run(hook, view, cost, signal))
      emit({type: 'hook.finished', phase, hook: name, source, ms: performance.now() - began, decision: answer.decision, ...cost})
      return answer
    } catch (thrown) {
      const reason = safeText(reasonOf(thrown))
      const denies = HOOK_PHASES[phase].mayDeny && hook.onFailure === 'deny'
      emit({type: 'hook.failed', phase, hook: name, source, ms: performance.now() - began, reason, denies, ...cost})
      throw new Error(reason, {cause: thrown})
    }
  }

  async #run(hook: RegisteredHook, view: HookView, cost: Cost, signal: AbortSignal | undefined): Promise<Answer> {
    if (hook.blocked !== undefined) throw new Error(hook.blocked)
    // What the hook began ends with it: a question, a request, a command.
    const over = new AbortController()
    const end = () => over.abort()
    signal?.addEventListener('abort', end, {once: true})
    const lent = await this.#powers.lend(hook, view, over.signal)
    try {
      return {...(await this.#judge(hook, view, lent, cost)), effects: lent.effects}
    } catch (thrown) {
      return this.#withoutAnswer(hook, lent, thrown)
    } finally {
      signal?.removeEventListener('abort', end)
      over.abort()
    }
  }

  /** In a dry run, what a hook makes of answers that it never got is no judgement; it is told. */
  #withoutAnswer({name}: RegisteredHook, {effects, pretended}: Lent, thrown: unknown): Answer {
    if (pretended.length === 0) throw thrown
    const left = pretended.map(({text}) => text).join(', ')
    const text = `it cannot be known what ${name} would answer: a dry run does not ${left}; without that it says: ${reasonOf(thrown)}`
    this.#surroundings.emit({type: 'log', level: 'warn', text: safeLine(text), source: name})
    return {decision: {decision: 'allow'}, effects}
  }

  async #judge(hook: RegisteredHook, view: HookView, {functions, given, pretended}: Lent, cost: Cost): Promise<Judgement> {
    const {sandbox, emit} = this.#surroundings
    const {answer, state} = await sandbox.run(this.#program(hook, given), {
      view: view as unknown as JsonObject,
      state: this.#state,
      functions,
      given,
      counts: countsTime,
      log: (level, text) => emit({type: 'log', level, text: safeLine(text), source: hook.name}),
      cpuMs: Math.min(hook.timeoutMs, MAX_CPU_MS),
      wallMs: hook.timeoutMs,
      onUsage: ({heapKb, cpuMs}) => Object.assign(cost, {heapKb, cpuMs}),
    })
    this.#state = state
    const judged = readAnswer(answer, view.phase)
    if (judged.decision.decision === 'deny' && pretended.length > 0) throw new Error(judged.decision.reason)
    return judged
  }

  #program(hook: RegisteredHook, given: Given): GuestProgram {
    const {owner, name, script} = hook
    const program = this.#programs.get(hook) ?? {
      isolate: owner,
      // One for each entry: two of an owner may have the same name, as a project gives its own to what it uses.
      name: `${owner}:${name}:${this.#programs.size}`,
      entry: script,
      prelude: preludeSource(given),
      library: LIBRARY,
      read: this.#reader(hook),
    }
    this.#programs.set(hook, program)
    return program
  }

  #reader(hook: RegisteredHook): GuestProgram['read'] {
    const reader = this.#readers.get(hook) ?? scriptReader(hook.root, hook.script, 'hook', hook.loaded)
    this.#readers.set(hook, reader)
    return reader
  }
}

function safeAnswer({decision, hint, effects}: Answer): Answer {
  return {
    effects,
    decision: decision.decision === 'deny' ? {...decision, reason: safeText(decision.reason)} : decision,
    ...(hint === undefined ? {} : {hint: safeText(hint)}),
  }
}

/** What went wrong, with its place in the hook's files. */
export function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown)
  const location = 'location' in thrown && typeof thrown.location === 'string' ? ` (${thrown.location})` : ''
  return `${thrown.message}${location}`
}
