import {type AuroraError, asAuroraError, HookDenied, type HookFailure, UserError} from '../model/errors.ts'
import type {Emit, LogLevel} from '../model/events.ts'
import {ExitCode} from '../model/exit-code.ts'
import type {HookPhase} from '../model/hook-point.ts'
import type {HookView} from '../model/hook-view.ts'
import type {JobKey} from '../model/job-key.ts'
import type {Json} from '../model/json.ts'
import type {OperationName} from '../model/operations.ts'
import type {Outcome} from '../model/outcome.ts'
import type {PlannedEffect} from '../model/planned-effect.ts'
import {safeLine} from '../terminal/safe-text.ts'
import type {Amendment, HookChain} from './hook-chain.ts'
import {AnswerLost, Ledger} from './ledger.ts'
import type {AnyStep, Operation} from './operation.ts'
import type {StepIo} from './step.ts'

/** What a run needs from its surroundings. */
export interface RunEnvironment {
  hooks: HookChain
  emit: Emit
  /** Aborted by Ctrl-C or SIGTERM. */
  signal: AbortSignal
  dryRun: boolean
  user: string
  /** The run's id. */
  run: string
}

type Amendable = Pick<Operation, 'name' | 'amend'>

class Planned {
  readonly effects: readonly PlannedEffect[]
  constructor(effects: readonly PlannedEffect[]) {
    this.effects = effects
  }
}

/** Runs an operation to its end; whatever happens inside is an outcome, nothing is thrown. */
export async function runOperation<Name extends OperationName, Input extends object, Result>(
  operation: Operation<Name, Input, Result>,
  input: Input,
  environment: RunEnvironment,
): Promise<Outcome<Result>> {
  const {emit, run} = environment
  emit({type: 'run.started', run, operation: operation.name})
  environment.hooks.warm(operation.name, jobOf(input))
  const ledger = new Ledger((text) => emit({type: 'log', level: 'warn', text}))
  const outcome = await new Execution(environment, ledger).execute(operation, input).then(
    (result): Outcome<Result> => (result instanceof Planned ? {status: 'planned', effects: result.effects} : {status: 'applied', result}),
    (thrown: unknown) => failure(thrown, ledger),
  )
  emit({type: 'run.finished', run, operation: operation.name, status: outcome.status})
  return outcome
}

/** Most operations are told their job, so that hooks of others need not be got ready. */
function jobOf(input: {job?: unknown}): JobKey | undefined {
  const {job} = input
  return typeof job === 'object' && job !== null && 'cluster' in job && 'environment' in job ? (job as JobKey) : undefined
}

function failure(thrown: unknown, ledger: Ledger): Outcome<never> {
  const done = ledger.done.join('; ')
  if (thrown instanceof AnswerLost) {
    return {status: 'unknown', error: thrown.error, findOut: thrown.findOut, ...(done === '' ? {} : {done})}
  }
  const error = isAbort(thrown) ? interrupted() : asAuroraError(thrown)
  return done === '' ? {status: 'not-applied', error} : {status: 'partly', error, done}
}

/** One run; operations that call others share it. */
class Execution {
  readonly #environment: RunEnvironment
  readonly #ledger: Ledger

  constructor(environment: RunEnvironment, ledger: Ledger) {
    this.#environment = environment
    this.#ledger = ledger
  }

  async execute<Name extends OperationName, Input extends object, Result>(
    operation: Operation<Name, Input, Result>,
    input: Input,
  ): Promise<Result | Planned> {
    let context: object = input
    const view = (phase: HookPhase): HookView => ({
      ...operation.view(context),
      phase,
      operation: operation.name,
      user: this.#environment.user,
      dryRun: this.#environment.dryRun,
    })
    let asked = false
    let ended: Pick<HookView, 'outcome'> = {}
    try {
      context = await this.#untilInterrupted(() => this.#steps(operation.reading, input))
      this.#stopIfInterrupted()
      asked = true
      const amended = await this.#amend(operation, context, view('amend'))
      context = amended.context
      const {effects} = await this.#ask('pre', view('pre'))
      if (this.#environment.dryRun) {
        return new Planned([...amended.effects, ...effects, ...(await this.#plan(operation.acting, context))])
      }
      context = await this.#steps(operation.acting, context)
      const result = operation.result(context)
      ended = {outcome: 'applied'}
      await this.#tell('post', {...view('post'), result: toJson(result)})
      return result
    } catch (thrown) {
      const outcome = failure(thrown, this.#ledger)
      if (outcome.status === 'planned' || outcome.status === 'applied') throw thrown
      ended = {outcome: outcome.status}
      // Hooks see the operation only once there is a context to see.
      if (asked) await this.#tell('error', {...view('error'), error: {code: outcome.error.code, message: outcome.error.message}})
      throw thrown
    } finally {
      if (asked) await this.#tell('finally', {...view('finally'), ...ended})
    }
  }

  async #steps(steps: readonly AnyStep[], start: object): Promise<object> {
    let context = start
    for (const step of steps) {
      this.#stopIfInterrupted()
      const {emit} = this.#environment
      const began = performance.now()
      emit({type: 'step.started', step: step.name})
      context = {...context, ...(await step.run(context, this.#io()))}
      emit({type: 'step.finished', step: step.name, ms: performance.now() - began})
    }
    return context
  }

  /** What the acting steps would do; those that call other operations have these plan, with their hooks. */
  async #plan(steps: readonly AnyStep[], context: object): Promise<PlannedEffect[]> {
    const effects: PlannedEffect[] = []
    for (const step of steps) effects.push(...((await step.describe?.(context, this.#io())) ?? []))
    return effects
  }

  /** Looking changes nothing, so it need not be waited for. */
  async #untilInterrupted<Value>(look: () => Promise<Value>): Promise<Value> {
    const {signal} = this.#environment
    if (signal.aborted) throw interrupted()
    let stop = (): void => {}
    const stopped = new Promise<never>((_, reject) => {
      stop = () => reject(interrupted())
      signal.addEventListener('abort', stop, {once: true})
    })
    return Promise.race([look(), stopped]).finally(() => signal.removeEventListener('abort', stop))
  }

  async #amend(operation: Amendable, start: object, view: HookView): Promise<{context: object; effects: readonly PlannedEffect[]}> {
    const {amendments, effects} = await this.#ask('amend', view)
    let context = start
    for (const amendment of amendments) context = {...context, ...this.#apply(operation, context, amendment)}
    return {context, effects}
  }

  #apply(operation: Amendable, context: object, {hook, source, changes}: Amendment): object {
    const failures: HookFailure[] = []
    let amended = context
    for (const [field, value] of Object.entries(changes)) {
      const change = Object.hasOwn(operation.amend, field) ? operation.amend[field] : undefined
      try {
        if (!change) throw new UserError(`${operation.name} has no '${field}' that a hook may amend`, {code: 'hook.amendment'})
        amended = {...amended, ...change(amended, value)}
        this.#log('info', `${hook} (${source}) amends ${field} to ${safeLine(JSON.stringify(value))}`)
      } catch (thrown) {
        failures.push({hook, source, reason: asAuroraError(thrown).message})
      }
    }
    if (failures.length > 0) throw denied(operation.name, failures)
    return amended
  }

  async #ask(phase: 'amend' | 'pre', view: HookView) {
    const verdict = await this.#environment.hooks.run(phase, view)
    this.#stopIfInterrupted()
    if (verdict.failures.length > 0) throw denied(view.operation, verdict.failures)
    return verdict
  }

  async #tell(phase: 'post' | 'error' | 'finally', view: HookView): Promise<void> {
    const {hints} = await this.#environment.hooks.run(phase, view)
    for (const hint of hints) this.#log('info', hint)
  }

  #io(): StepIo {
    const {emit, signal} = this.#environment
    return {
      info: (text) => this.#log('info', text),
      warn: (text) => this.#log('warn', text),
      progress: (text, done, total) =>
        emit({type: 'progress', text, ...(done === undefined ? {} : {done}), ...(total === undefined ? {} : {total})}),
      signal,
      perform: (effect) => this.#ledger.perform(effect),
      call: async (operation, input) => {
        const result = await this.execute(operation, input)
        if (result instanceof Planned) throw new TypeError('a dry run reached an acting step')
        return result
      },
      plan: async (operation, input) => {
        const planned = await this.execute(operation, input)
        return planned instanceof Planned ? planned.effects : []
      },
    }
  }

  #log(level: LogLevel, text: string): void {
    this.#environment.emit({type: 'log', level, text})
  }

  #stopIfInterrupted(): void {
    if (this.#environment.signal.aborted) throw interrupted()
  }
}

/** What waiting for something ends with when the run is interrupted. */
function isAbort(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === 'AbortError'
}

/** The error of a run that the user stopped. */
function interrupted(): AuroraError {
  return new UserError('Command interrupted by user', {code: 'interrupted', exitCode: ExitCode.interrupted})
}

function denied(operation: string, failures: readonly HookFailure[]): HookDenied {
  const reasons = failures.map(({hook, source, reason}) => `  ${hook} (${source}): ${reason}`)
  return new HookDenied(
    `${operation} was denied by ${failures.length === 1 ? 'a hook' : `${failures.length} hooks`}:\n${reasons.join('\n')}`,
    {
      code: 'hook.denied',
      failures,
    },
  )
}

function toJson(value: unknown): Json {
  const text = JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? Number(item) : item))
  return text === undefined ? null : (JSON.parse(text) as Json)
}
