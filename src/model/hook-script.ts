import type {Decision} from './decision.ts'
import type {LogLevel} from './events.ts'
import type {AnswerAt, ContextAt} from './hook-at.ts'
import type {HookPoint} from './hook-point.ts'
import type {HookPowers} from './hook-powers.ts'
import type {HookView} from './hook-view.ts'
import type {Json, JsonObject} from './json.ts'

/** What an error hook answers to help the user on. */
export interface Hint {
  hint: string
}

/** The argument of a hook: a deep copy, frozen but for `state`. */
export interface HookScriptContext extends Readonly<HookView>, HookPowers {
  readonly log: Readonly<Record<LogLevel, (...values: unknown[]) => void>>
  /** Shared by the hooks of one run, as plain data; any of them may change it, so trust nothing in it. */
  readonly state: Record<string, Json>
}

/**
 * A hook; with the points that it is bound to, `Hook<'pre:job.kill'>`, its context and answers are those of the points. No answer means
 * `allow()`; any other value that is none of `allow()`, `deny(…)`, `amend(…)` and `hint(…)`, `false` too, is a failure, and a failure in
 * `amend` or `pre` denies.
 */
export type Hook<Point extends HookPoint = never> = [Point] extends [never]
  ? (ctx: HookScriptContext) => Eventually<Decision | Hint>
  : (ctx: ContextAt<Point>) => Eventually<AnswerAt<Point>>

type Eventually<Answer> = Answer | undefined | void | Promise<Answer | undefined | void>
type DecisionTo<Word extends Decision['decision']> = Extract<Decision, {decision: Word}>

// Each function goes into the sandbox as text, alone: it must use nothing from outside itself.

/** Gives the hook its type: `defineHook<'pre:job.kill'>((ctx) => …)`. */
export function defineHook(hook: Hook): Hook
export function defineHook<Point extends HookPoint>(hook: Hook<Point>): Hook<Point>
export function defineHook(hook: unknown): unknown {
  return hook
}

/** Lets the operation go on. */
export function allow(): DecisionTo<'allow'> {
  return {decision: 'allow'}
}

/** Stops the operation; the user reads the reason. */
export function deny(reason: string): DecisionTo<'deny'> {
  if (typeof reason !== 'string' || reason.trim() === '') throw new TypeError('deny() needs a reason')
  return {decision: 'deny', reason}
}

/** Asks for changes to the operation's context; only in the amend phase. */
export function amend(changes: JsonObject): DecisionTo<'amend'> {
  if (typeof changes !== 'object' || changes === null || Array.isArray(changes)) throw new TypeError('amend() needs an object of changes')
  return {decision: 'amend', changes}
}

/** Tells the user what to try next; only in the error phase. */
export function hint(text: string): Hint {
  if (typeof text !== 'string' || text.trim() === '') throw new TypeError('hint() needs a text')
  return {hint: text}
}
