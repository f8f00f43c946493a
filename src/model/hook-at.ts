import type {Decision} from './decision.ts'
import type {HookPhase, HookPoint} from './hook-point.ts'
import type {HookScriptContext} from './hook-script.ts'
import type {HookView} from './hook-view.ts'
import type {Operations} from './operations.ts'

/** What a view has besides in one phase, and always there. */
interface PhaseFields {
  amend: unknown
  pre: unknown
  post: Required<Pick<HookView, 'result'>>
  error: Required<Pick<HookView, 'error'>>
  finally: Required<Pick<HookView, 'outcome'>>
}

type OwnFields = 'job' | 'config' | 'instances' | 'options'
type Everywhere = Omit<HookScriptContext, OwnFields | 'phase' | 'result' | 'error' | 'outcome'>

/** What the operation registered in `Operations`, as far as hooks see it. */
type OperationFields<Context> = Pick<Context, Extract<keyof Context, OwnFields>> &
  ('options' extends keyof Context ? unknown : Pick<HookView, 'options'>)

/** The context of a hook that is bound to these points. */
export type ContextAt<Point extends HookPoint> = Point extends `${infer Phase extends HookPhase}:${infer Name extends keyof Operations}`
  ? Everywhere & {readonly phase: Phase} & PhaseFields[Phase] & Readonly<OperationFields<Operations[Name]>>
  : never

type Allow = Extract<Decision, {decision: 'allow'}>

/** What a hook may answer in its phase, besides nothing. */
interface Answers {
  amend: Decision
  pre: Exclude<Decision, {decision: 'amend'}>
  post: Allow
  error: Allow | {hint: string}
  finally: Allow
}

export type AnswerAt<Point extends HookPoint> = Point extends `${infer Phase extends HookPhase}:${string}` ? Answers[Phase] : never
