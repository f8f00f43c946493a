import {asAuroraError, type HookFailure, InternalError, UserError} from '../model/errors.ts'
import type {LogLevel} from '../model/events.ts'
import type {HookPhase} from '../model/hook-point.ts'
import type {HookView} from '../model/hook-view.ts'
import type {OperationName} from '../model/operations.ts'
import type {PlannedEffect} from '../model/planned-effect.ts'
import {safeLine} from '../terminal/safe-text.ts'
import {differenceLines} from './difference.ts'
import {freezeData} from './frozen.ts'
import type {Amendment} from './hook-chain.ts'
import {hookedCall} from './hooked-call.ts'
import type {Around, Ledger} from './ledger.ts'
import type {AnyStep, Operation} from './operation.ts'
import {interrupted} from './interrupted.ts'
import {denied, failedOutcome} from './outcome-of.ts'
import type {RunEnvironment} from './runner.ts'
import {differingParts, sightOf, toJson} from './sight.ts'
import type {StepIo} from './step.ts'

type Amendable = Pick<Operation, 'name' | 'amend' | 'view'>

/** What a dry run found. */
export class Planned {
  readonly effects: readonly PlannedEffect[]
  constructor(effects: readonly PlannedEffect[]) {
    this.effects = effects
  }
}

/** One run; operations that call others share it. */
export class Execution {
  readonly #environment: RunEnvironment
  readonly #ledger: Ledger
  /** How often something has happened at a place of the run. */
  readonly #counts = new Map<string, number>()
  /** The acting steps after the one that runs, of all operations that have begun. */
  #later: readonly string[] = []

  constructor(environment: RunEnvironment, ledger: Ledger) {
    this.#environment = environment
    this.#ledger = ledger
  }

  /** `place` is the operation's in the run: `job.killall/kill everything/job.kill`. */
  async execute<Name extends OperationName, Input extends object, Result>(
    operation: Operation<Name, Input, Result>,
    input: Input,
    place: string = operation.name,
  ): Promise<Result | Planned> {
    const {user, dryRun} = this.#environment
    const nested = place !== operation.name
    let context: object = input
    const view = (phase: HookPhase): HookView => ({...operation.view(context), phase, operation: operation.name, user, dryRun})
    let asked = false
    let planned: PlannedEffect[] | undefined
    let ended: Pick<HookView, 'outcome'> = {}
    try {
      context = await this.#untilInterrupted(() => this.#steps(operation.reading, input, place))
      this.#stopIfInterrupted()
      asked = true
      const amended = await this.#amend(operation, context, view('amend'))
      context = amended.context
      const final = view('pre')
      if (operation.acting.length > 0) {
        freezeData(context)
        freezeData(final)
        this.#tellSight(place, final)
      }
      const {effects} = await this.#ask('pre', final)
      if (dryRun && operation.acting.length > 0)
        return new Planned((planned = [...amended.effects, ...effects, ...(await this.#plan(operation.acting, context, place))]))
      context = await this.#steps(operation.acting, context, place, true)
      if (!nested) this.#ledger.assureSettled()
      const result = operation.result(context)
      ended = {outcome: 'applied'}
      await this.#tell('post', {...view('post'), result: toJson(result)})
      return result
    } catch (thrown) {
      const {status, error} = failedOutcome(thrown, this.#ledger)
      ended = {outcome: status}
      // Hooks see the operation only once there is a context to see.
      if (asked) await this.#tell('error', {...view('error'), error: {code: error.code, message: error.message}})
      throw thrown
    } finally {
      const effects = asked ? await this.#tell('finally', {...view('finally'), ...ended}) : []
      planned?.push(...effects)
    }
  }

  async #steps(steps: readonly AnyStep[], start: object, place: string, acting = false): Promise<object> {
    let context = start
    const outer = this.#later
    for (const [index, step] of steps.entries()) {
      if (acting) {
        this.#later = [...steps.slice(index + 1).map(({name}) => name), ...outer]
        this.#leave(step.name, false)
      }
      this.#stopIfInterrupted()
      const {emit} = this.#environment
      const began = performance.now()
      emit({type: 'step.started', step: step.name, acting})
      const adds = await this.#step(step, context, `${place}/${step.name}`)
      const clash = acting && Object.keys(adds).find((name) => Object.hasOwn(context, name))
      if (clash) throw new InternalError(`the step '${step.name}' changes '${clash}', which the hooks were asked about`)
      context = {...context, ...adds}
      emit({type: 'step.finished', step: step.name, ms: performance.now() - began})
    }
    this.#later = outer
    return context
  }

  /** Runs a step, or takes what it found in an earlier attempt of the run. */
  async #step(step: AnyStep, context: object, place: string): Promise<object> {
    const {record, dryRun, emit} = this.#environment
    const saved = step.memo && record?.past?.memos.get(place)
    const io = this.#io(place)
    const adds = saved === undefined ? await step.run(context, io) : ((await step.memo?.restore(saved, context, io)) ?? {})
    if (step.memo && record && !dryRun) emit({type: 'step.found', key: place, memo: step.memo.save(adds)})
    return adds
  }

  /** Notes what the step that runs has yet to do: with the steps after it, it is what a run that ends now has not done. */
  #leave(step: string, said: boolean): void {
    this.#ledger.left = {step, said, later: this.#later}
  }

  /** What the acting steps would do; those that call other operations have these plan, with their hooks. */
  async #plan(steps: readonly AnyStep[], context: object, place: string): Promise<PlannedEffect[]> {
    const effects: PlannedEffect[] = []
    for (const step of steps) effects.push(...((await step.describe?.(context, this.#io(`${place}/${step.name}`))) ?? []))
    return effects
  }

  /** Looking changes nothing, so it need not be waited for; nor need a hook that asks a person, or takes its time. */
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
    for (const amendment of amendments) context = await this.#apply(operation, context, amendment)
    return {context, effects}
  }

  async #apply(operation: Amendable, context: object, {hook, source, changes}: Amendment): Promise<object> {
    const failures: HookFailure[] = []
    let amended = context
    for (const [field, value] of Object.entries(changes)) {
      const change = Object.hasOwn(operation.amend, field) ? operation.amend[field] : undefined
      try {
        if (!change) throw new UserError(`${operation.name} has no '${field}' that a hook may amend`, {code: 'hook.amendment'})
        amended = {...amended, ...(await change(amended, value))}
      } catch (thrown) {
        failures.push({hook, source, reason: asAuroraError(thrown).message})
      }
    }
    if (failures.length > 0) throw denied(operation.name, failures)
    const difference = differenceLines(toJson(operation.view(context)), toJson(operation.view(amended)))
    this.#log('info', `${hook} (${source}) amends ${operation.name}${difference.length > 0 ? ':' : ' with what it has already'}`)
    for (const line of difference) this.#log('info', `  ${safeLine(line)}`)
    return amended
  }

  /** Records what the pre hooks are asked about; when the run is resumed, says what is not as it was. */
  #tellSight(key: string, view: HookView): void {
    const {record, emit} = this.#environment
    if (!record) return
    const sight = sightOf(view, record)
    emit({type: 'hooks.saw', key, operation: view.operation, phase: view.phase, ...sight})
    const before = record.past?.seen.get(key)
    // That this is a dry run, and the run was none, is what was asked for.
    const differing = before ? differingParts(before, sight.parts).filter((part) => part !== 'dryRun') : []
    if (differing.length > 0) this.#log('warn', `${view.operation}: not as it was when the run was begun: ${differing.join(', ')}`)
  }

  async #ask(phase: 'amend' | 'pre', view: HookView) {
    const verdict = await this.#untilInterrupted(() => this.#environment.hooks.run(phase, view, this.#environment.signal))
    this.#stopIfInterrupted()
    if (verdict.failures.length > 0) throw denied(view.operation, verdict.failures)
    return verdict
  }

  async #tell(phase: 'post' | 'error' | 'finally', view: HookView): Promise<readonly PlannedEffect[]> {
    const {hints, effects} = await this.#environment.hooks.run(phase, view)
    for (const hint of hints) this.#log('info', hint)
    return effects
  }

  #io(place: string): StepIo {
    const {apiHooks, emit, signal} = this.#environment
    const called = (name: string) => this.#next(`${place}/${name}`)
    return {
      info: (text) => this.#log('info', text),
      warn: (text) => this.#log('warn', text),
      progress: (text, done, total) =>
        emit({type: 'progress', text, ...(done === undefined ? {} : {done}), ...(total === undefined ? {} : {total})}),
      left: (text) => this.#leave(text, true),
      signal,
      perform: async (effect) => {
        const {api} = effect
        const around: Around | undefined = api && apiHooks ? (make) => hookedCall(apiHooks, api, signal, make) : undefined
        return this.#ledger.perform(this.#next(`${place}/change`), effect, around)
      },
      asked: async (call) => (await apiHooks?.plan(call)) ?? [],
      call: async (operation, input) => {
        const result = await this.execute(operation, input, called(operation.name))
        if (result instanceof Planned) throw new TypeError('a dry run reached an acting step')
        return result
      },
      plan: async (operation, input) => {
        const planned = await this.execute(operation, input, called(operation.name))
        return planned instanceof Planned ? planned.effects : []
      },
    }
  }

  /** The place of what happens next at a place: the second and later ones are numbered. */
  #next(place: string): string {
    const count = (this.#counts.get(place) ?? 0) + 1
    this.#counts.set(place, count)
    return count === 1 ? place : `${place} ${count}`
  }

  #log(level: LogLevel, text: string): void {
    this.#environment.emit({type: 'log', level, text})
  }

  #stopIfInterrupted(): void {
    if (this.#environment.signal.aborted) throw interrupted()
  }
}
