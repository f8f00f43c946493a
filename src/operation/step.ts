import type {Json} from '../model/json.ts'
import type {OperationName} from '../model/operations.ts'
import type {PlannedEffect} from '../model/planned-effect.ts'
import type {ApiCall} from './api-call.ts'
import type {Effect} from './effect.ts'
import type {Operation} from './operation.ts'

/** What a step may do besides computing; it never prints. */
export interface StepIo {
  info(text: string): void
  warn(text: string): void
  progress(text: string, done?: number, total?: number): void
  /** Says what the step has yet to do, for a run that ends before it has: `kill instances [2, 3]`. */
  left(text: string): void
  /** Aborted when the user interrupts; check it wherever stopping is safe. */
  readonly signal: AbortSignal
  /**
   * Makes a change, and finds out whether it landed when its answer is lost. A run that is resumed knows a step's changes by
   * the order in which the step makes them: it must be the same each time.
   */
  perform<Answer>(effect: Effect<Answer>): Promise<Answer>
  /** In a dry run: the hooks of the configuration that would be asked before the call. */
  asked(call: ApiCall): Promise<readonly PlannedEffect[]>
  /** In a dry run: what another operation, called as a part of this one, would do. */
  plan<Name extends OperationName, Input extends object, Result>(
    operation: Operation<Name, Input, Result>,
    input: Input,
  ): Promise<readonly PlannedEffect[]>
  /** Runs another operation as a part of this one, with its hooks; a hook is asked once about the same change, however operations nest. */
  call<Name extends OperationName, Input extends object, Result>(operation: Operation<Name, Input, Result>, input: Input): Promise<Result>
}

/**
 * The smallest reusable piece of an operation: reads some of the context, adds to it. `Reads` stands in a property's
 * parameter so that the compiler refuses a step whose needs the context does not meet.
 */
export interface Step<Reads extends object, Adds extends object> {
  readonly name: string
  readonly run: (context: Readonly<Reads>, io: StepIo) => Promise<Adds> | Adds
  /** What a run that is resumed goes on with, where looking anew would find another world than the one that was decided on. */
  readonly memo?: Memo<Reads, Adds>
  /** What an acting step would do, for `--dry-run`. */
  readonly describe?: (context: Readonly<Reads>, io: StepIo) => readonly PlannedEffect[] | Promise<readonly PlannedEffect[]>
}

/** What a step found, as plain data for the run's journal, and back. Nothing secret may be in it. */
export interface Memo<Reads extends object, Adds extends object> {
  save(adds: Readonly<Adds>): Json
  /** In the place of `run` when the run is resumed. */
  restore(saved: Json, context: Readonly<Reads>, io: StepIo): Promise<Adds> | Adds
}

export function step<Reads extends object, Adds extends object = object>(definition: Step<Reads, Adds>): Step<Reads, Adds> {
  return definition
}
