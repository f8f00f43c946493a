import type {HookFailure} from '../model/errors.ts'
import type {HookPhase} from '../model/hook-point.ts'
import type {HookView} from '../model/hook-view.ts'
import {formatJobKey, type JobKey} from '../model/job-key.ts'
import type {PlannedEffect} from '../model/planned-effect.ts'
import type {Amendment, HookChain, PhaseVerdict} from '../operation/hook-chain.ts'
import type {Answer} from './answer.ts'
import type {SkipRecord} from './audit-log.ts'
import {HookSandbox, type HookSandboxOptions} from './hook-sandbox.ts'
import type {OperationTable} from './manifest.ts'
import {type HookFiles, loadHooks, type RegisteredHook} from './registry.ts'
import {boundTo, type DueHook, HookSelection} from './selection.ts'
import {parseSkip, refusePolicySkip, type Skip} from './skip.ts'

export interface HookChainOptions extends HookSandboxOptions {
  /** oclif's data folder: the list of plugins, and the grants. */
  dataDir: string
  /** The host's own; the plugins' manifests name more. */
  operations: OperationTable
  /** Hooks from elsewhere than plugins. */
  files?: HookFiles
  /** The text of `--skip-hooks`. */
  skipHooks?: string | undefined
  /** The text of `--skip-reason`. */
  skipReason?: string | undefined
  /** Whether the command loads configurations, which may have hooks of their own. */
  withConfiguration?: boolean
  /** Keeps what was skipped; when it cannot, nothing is skipped. */
  recordSkip: (record: SkipRecord) => Promise<void>
}

/**
 * The hooks of the user's plugins, the project and the site, for one run of a command. @throws UserError when they cannot be known or ordered, and
 * for a skip that is malformed or names a policy hook; HookDenied for a policy that cannot be known
 */
export async function createHookChain(options: HookChainOptions): Promise<HookChain> {
  const skip = parseSkip(options.skipHooks)
  const {hooks, operations, problems} = await loadHooks(options.dataDir, options.operations, options.files)
  refusePolicySkip(skip, hooks)
  const warn = (text: string) => options.emit({type: 'log', level: 'warn', text})
  problems.forEach(warn)
  // A configuration's own hooks are known only when it has been evaluated.
  const unknown = options.withConfiguration ? [] : skip.names.filter((name) => !hooks.some((hook) => hook.name === name))
  for (const name of unknown) warn(`--skip-hooks: no installed hook is named '${name}'`)
  const held = hooks.filter(({kind}) => kind === 'policy').map(({name}) => name)
  if (skip.all && held.length > 0) warn(`--skip-hooks all: policy hooks run all the same: ${held.join(', ')}`)
  return new Chain(options, hooks, operations, skip)
}

class Chain implements HookChain {
  readonly #options: HookChainOptions
  readonly #hooks: readonly RegisteredHook[]
  readonly #operations: OperationTable
  readonly #skip: Skip
  readonly #selection: HookSelection
  readonly #sandbox: HookSandbox
  /** Of which operations on which jobs the skips are recorded. */
  readonly #recorded = new Set<string>()
  readonly #told = new Set<string>()

  constructor(options: HookChainOptions, hooks: readonly RegisteredHook[], operations: OperationTable, skip: Skip) {
    this.#options = options
    this.#hooks = hooks
    this.#operations = operations
    this.#skip = skip
    this.#selection = new HookSelection(hooks, operations)
    this.#sandbox = new HookSandbox(options)
  }

  warm(operation: string, job?: JobKey): void {
    const needed = this.#hooks.filter(
      (hook) => hook.blocked === undefined && !this.#skips(hook) && boundTo(hook, operation, this.#operations, job),
    )
    // A sandbox that cannot be started is an error of the hook that needs it.
    if (needed.length === 0) return
    const prepared = this.#sandbox.runner().then((runner) => runner.prepare(needed))
    prepared.catch(() => {})
  }

  async run(phase: HookPhase, view: HookView, signal?: AbortSignal): Promise<PhaseVerdict> {
    await this.#recordSkips(view)
    const amendments: Amendment[] = []
    const failures: HookFailure[] = []
    const hints: string[] = []
    const effects: PlannedEffect[] = []
    for (const {hook} of this.#due(phase, view)) {
      if (signal?.aborted) break
      const {name, source} = hook
      const answer = await this.#ask(hook, view, signal, (reason) => failures.push({hook: name, source, reason}))
      const {decision, hint} = answer
      effects.push(...answer.effects)
      if (decision.decision === 'deny') failures.push({hook: name, source, reason: decision.reason})
      if (decision.decision === 'amend') amendments.push({hook: name, source, changes: decision.changes})
      if (hint !== undefined) hints.push(hint)
    }
    return {amendments, failures, hints, effects}
  }

  async close(): Promise<void> {
    await this.#sandbox.close()
  }

  async #ask(hook: RegisteredHook, view: HookView, signal: AbortSignal | undefined, fail: (reason: string) => void): Promise<Answer> {
    try {
      const runner = await this.#sandbox.runner()
      return await runner.ask(hook, hook.with === undefined ? view : {...view, with: hook.with}, signal)
    } catch (thrown) {
      if (hook.onFailure === 'deny') fail(thrown instanceof Error ? thrown.message : String(thrown))
      return {decision: {decision: 'allow'}, effects: []}
    }
  }

  /** What the site holds everybody to is never skipped. */
  #skips({name, kind}: RegisteredHook): boolean {
    return kind !== 'policy' && this.#skip.skips(name)
  }

  *#due(phase: HookPhase, view: HookView): Generator<DueHook> {
    for (const due of this.#selection.due(phase, view)) {
      if (this.#skips(due.hook)) continue
      this.#selection.markRun(due)
      yield due
    }
  }

  /**
   * Tells and records which hooks of the operation the user skips, in whatever phase: before the first of them, since a skip that cannot be recorded is
   * refused while nothing has been done. @throws UserError then
   */
  async #recordSkips({operation, job, user, dryRun}: HookView): Promise<void> {
    const key = JSON.stringify([operation, job && formatJobKey(job)])
    if (this.#recorded.has(key)) return
    this.#recorded.add(key)
    const skipped = this.#hooks.filter((hook) => this.#skips(hook) && boundTo(hook, operation, this.#operations, job))
    if (skipped.length === 0) return
    const {skipReason, emit, recordSkip} = this.#options
    const reason = skipReason === undefined ? {} : {reason: skipReason}
    await recordSkip({
      time: new Date().toISOString(),
      user,
      operation,
      ...(job ? {job: formatJobKey(job)} : {}),
      dryRun,
      hooks: skipped.map(({name, source}) => ({hook: name, source})),
      ...reason,
    })
    // An operation that is called by another skips the same ones again: that is recorded, and told once.
    const untold = skipped.map(({name}) => name).filter((name) => !this.#told.has(name))
    for (const name of untold) this.#told.add(name)
    if (untold.length > 0) emit({type: 'hooks.skipped', hooks: untold, ...reason})
  }
}
