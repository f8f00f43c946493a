import type {HookView} from '../model/hook-view.ts'
import type {OperationName} from '../model/operations.ts'
import type {JsonObject} from '../model/json.ts'
import type {Step} from './step.ts'

/** The part of what hooks see that the operation's own context gives. */
type ContextView = Pick<HookView, 'job' | 'config' | 'instances'> & {options: JsonObject}

/** A step with its types erased: the builder has checked them. */
export type AnyStep = Step<object, object>

/** A named, hookable unit of work: reading steps, hooks, acting steps. */
export interface Operation<Name extends OperationName = OperationName, Input extends object = object, Result = unknown> {
  readonly name: Name
  readonly reading: readonly AnyStep[]
  readonly acting: readonly AnyStep[]
  readonly view: (context: object) => ContextView
  /** How each field that a hook may amend changes the context; throws a UserError for a value that it refuses. */
  readonly amend: Readonly<Record<string, (context: object, value: unknown) => object | Promise<object>>>
  readonly result: (context: object) => Result
  /** Carries the input's type. */
  readonly input?: (input: Input) => void
}

/** Refuses, at compile time, a step that adds what the context already has. */
type NoClash<Context, Adds> = [keyof Adds & keyof Context] extends [never]
  ? []
  : [clash: `the context already has '${string & keyof Adds & keyof Context}'`]

export interface ReadingBuilder<Name extends OperationName, Input extends object, Context extends object> extends ActingBuilder<
  Name,
  Input,
  Context
> {
  /** Adds a step that looks and changes nothing. */
  read<Adds extends object>(step: Step<Context, Adds>, ...clash: NoClash<Context, Adds>): ReadingBuilder<Name, Input, Context & Adds>
  /** What hooks see of the context after the reading steps; comes before the first acting step. */
  hooks(
    view: (context: Context) => ContextView,
    amend?: Readonly<Record<string, (context: Context, value: unknown) => Partial<Context> | Promise<Partial<Context>>>>,
  ): ActingBuilder<Name, Input, Context>
}

interface ActingBuilder<Name extends OperationName, Input extends object, Context extends object> {
  /** Adds a step that changes something; no reading step can follow. */
  act<Adds extends object>(step: Step<Context, Adds>, ...clash: NoClash<Context, Adds>): ActingBuilder<Name, Input, Context & Adds>
  /** Ends the composition. */
  returns<Result>(result: (context: Context) => Result): Operation<Name, Input, Result>
}

interface Draft {
  reading: readonly AnyStep[]
  acting: readonly AnyStep[]
  view: Operation['view']
  amend: Operation['amend']
}

/** Begins the composition of an operation whose input has the given type. */
export function operation<Name extends OperationName, Input extends object>(name: Name): ReadingBuilder<Name, Input, Input> {
  return builder(name, {reading: [], acting: [], view: () => ({options: {}}), amend: {}}) as unknown as ReadingBuilder<Name, Input, Input>
}

function builder(name: OperationName, draft: Draft) {
  return {
    read: (step: AnyStep) => builder(name, {...draft, reading: [...draft.reading, step]}),
    act: (step: AnyStep) => builder(name, {...draft, acting: [...draft.acting, step]}),
    hooks: (view: Operation['view'], amend: Operation['amend'] = {}) => builder(name, {...draft, view, amend}),
    returns: (result: Operation['result']): Operation => ({name, ...draft, result}),
  }
}
