import type {HookFailure} from '../model/errors.ts'
import type {Emit} from '../model/events.ts'
import {HOOK_PHASES, type HookPhase} from '../model/hook-point.ts'
import type {HookView} from '../model/hook-view.ts'
import {formatJobKey} from '../model/job-key.ts'
import type {PlannedEffect} from '../model/planned-effect.ts'
import type {Amendment, HookChain, PhaseVerdict} from '../operation/hook-chain.ts'
import type {JavaScriptSandbox, SandboxEntry} from '../sandbox/javascript/sandbox.ts'
import type {Answer} from './answer.ts'
import type {Capabilities} from './capabilities.ts'
import {meets} from './condition.ts'
import type {HookRunner} from './hook-runner.ts'
import {formatPoint, type OperationTable} from './manifest.ts'
import {reachedFrom} from './reach.ts'
import {type HookRegistry, loadHooks, type RegisteredHook} from './registry.ts'
import {parseSkip, type Skip} from './skip.ts'

export interface HookChainOptions {
  /** oclif's data folder: the list of plugins, and the grants. */
  dataDir: string
  /** The host's own; the plugins' manifests name more. */
  operations: OperationTable
  /** The text of `--skip-hooks`. */
  skipHooks?: string | undefined
  capabilities: Capabilities
  emit: Emit
  sandbox: SandboxEntry
  /** One that was started early; the chain ends it. */
  startedSandbox?: Promise<JavaScriptSandbox | undefined>
}

/** The hooks of the user's plugins, for one run of a command. @throws UserError when they cannot be known or ordered, and for a malformed skip. */
export async function createHookChain(options: HookChainOptions): Promise<HookChain> {
  const skip = parseSkip(options.skipHooks)
  const registry = await loadHooks(options.dataDir, options.operations)
  const warn = (text: string) => options.emit({type: 'log', level: 'warn', text})
  registry.problems.forEach(warn)
  for (const name of skip.names)
    if (!registry.hooks.some((hook) => hook.name === name)) warn(`--skip-hooks: no installed hook is named '${name}'`)
  return new PluginHookChain(options, registry, skip)
}

class PluginHookChain implements HookChain {
  readonly #options: HookChainOptions
  readonly #hooks: readonly RegisteredHook[]
  readonly #operations: OperationTable
  readonly #skip: Skip
  /** What has run: hook, point and job. */
  readonly #done = new Set<string>()
  readonly #skipped = new Set<RegisteredHook>()
  #sandbox: Promise<JavaScriptSandbox> | undefined
  #runner: Promise<HookRunner> | undefined

  constructor(options: HookChainOptions, {hooks, operations}: HookRegistry, skip: Skip) {
    this.#options = options
    this.#hooks = hooks
    this.#operations = operations
    this.#skip = skip
  }

  warm(operation: string): void {
    const phases = Object.keys(HOOK_PHASES) as HookPhase[]
    const needed = this.#hooks.some(
      (hook) =>
        hook.blocked === undefined &&
        !this.#skip.skips(hook.name) &&
        phases.some((phase) => this.#points(hook, phase, operation).length > 0),
    )
    // A sandbox that cannot be started is an error of the hook that needs it.
    if (needed) this.#startRunner().catch(() => {})
  }

  async run(phase: HookPhase, view: HookView): Promise<PhaseVerdict> {
    const amendments: Amendment[] = []
    const failures: HookFailure[] = []
    const hints: string[] = []
    const effects: PlannedEffect[] = []
    for (const hook of this.#due(phase, view)) {
      const {name, source} = hook
      const {decision, hint} = await this.#ask(hook, view, (reason) => failures.push({hook: name, source, reason}))
      if (decision.decision === 'deny') failures.push({hook: name, source, reason: decision.reason})
      if (decision.decision === 'amend') amendments.push({hook: name, source, changes: decision.changes})
      if (hint !== undefined) hints.push(hint)
    }
    return {amendments, failures, hints, effects}
  }

  async close(): Promise<void> {
    const sandboxes = await Promise.all([this.#sandbox?.catch(() => undefined), this.#options.startedSandbox])
    for (const sandbox of sandboxes) sandbox?.stop()
  }

  async #ask(hook: RegisteredHook, view: HookView, fail: (reason: string) => void): Promise<Answer> {
    try {
      return await (await this.#startRunner()).ask(hook, view)
    } catch (thrown) {
      if (hook.onFailure === 'deny') fail(thrown instanceof Error ? thrown.message : String(thrown))
      return {decision: {decision: 'allow'}}
    }
  }

  /** The hooks to run now; each runs once at a point for a job, however operations nest. Decided without a sandbox. */
  #due(phase: HookPhase, view: HookView): RegisteredHook[] {
    const due: RegisteredHook[] = []
    const skipped: RegisteredHook[] = []
    for (const hook of this.#hooks) {
      const fresh = this.#points(hook, phase, view.operation).filter((point) => this.#first(hook, point, view))
      if (fresh.length === 0 || !meets(hook.when, view.job)) continue
      if (!this.#skip.skips(hook.name)) due.push(hook)
      else if (!this.#skipped.has(hook)) skipped.push(hook)
    }
    for (const hook of skipped) this.#skipped.add(hook)
    if (skipped.length > 0) this.#options.emit({type: 'hooks.skipped', hooks: skipped.map(({name}) => name)})
    return due
  }

  #first(hook: RegisteredHook, point: string, {job}: HookView): boolean {
    const key = JSON.stringify([hook.source, hook.name, point, job ? formatJobKey(job) : null])
    if (this.#done.has(key)) return false
    this.#done.add(key)
    return true
  }

  /** The hook's points that an operation reaches in a phase; a pre hook guards the operations that call its own, too. */
  #points(hook: RegisteredHook, phase: HookPhase, operation: string): string[] {
    const reached = phase === 'pre' ? reachedFrom(operation, this.#operations) : new Set([operation])
    return hook.on.filter((point) => point.phase === phase && reached.has(point.operation)).map(formatPoint)
  }

  #startSandbox(): Promise<JavaScriptSandbox> {
    return (this.#sandbox ??= this.#createSandbox())
  }

  async #createSandbox(): Promise<JavaScriptSandbox> {
    const started = await this.#options.startedSandbox
    if (started) return started
    const {JavaScriptSandbox} = await import('../sandbox/javascript/sandbox.ts')
    const sandbox = new JavaScriptSandbox(this.#options.sandbox)
    sandbox.start()
    return sandbox
  }

  #startRunner(): Promise<HookRunner> {
    return (this.#runner ??= this.#createRunner())
  }

  async #createRunner(): Promise<HookRunner> {
    const [sandbox, {HookRunner}] = await Promise.all([this.#startSandbox(), import('./hook-runner.ts')])
    return new HookRunner({sandbox, capabilities: this.#options.capabilities, emit: this.#options.emit})
  }
}
