import type {Decision} from '../model/decision.ts'
import {HOOK_PHASES, type HookPhase} from '../model/hook-point.ts'
import type {Json, JsonObject} from '../model/json.ts'
import type {PlannedEffect} from '../model/planned-effect.ts'

/** What a hook's answer means in its phase. */
export type Judgement = Pick<Answer, 'decision' | 'hint'>

/** What came of asking a hook. */
export interface Answer {
  decision: Decision
  hint?: string
  /** In a dry run: what the hook would have done. */
  effects: readonly PlannedEffect[]
}

const MAX_TEXT = 2_000
const MAX_FIELDS = 100

/** Reads what a hook returned; nothing in it is taken on trust. @throws Error for what is no answer, or none in this phase */
export function readAnswer(value: Json | undefined, phase: HookPhase): Judgement {
  if (value === undefined) return {decision: {decision: 'allow'}}
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw notAnswer(value)
  const hint = field(value, 'hint')
  if (typeof hint === 'string') {
    if (phase !== 'error') throw new Error(`it answered hint(…) in the ${phase} phase; only error hooks can`)
    return {decision: {decision: 'allow'}, hint: hint.slice(0, MAX_TEXT)}
  }
  return {decision: readDecision(value, phase)}
}

function readDecision(value: JsonObject, phase: HookPhase): Decision {
  const reason = field(value, 'reason')
  const changes = field(value, 'changes')
  switch (field(value, 'decision')) {
    case 'allow':
      return {decision: 'allow'}
    case 'deny':
      if (!HOOK_PHASES[phase].mayDeny) throw new Error(`it denied in the ${phase} phase; only amend and pre hooks can`)
      if (typeof reason !== 'string' || reason === '') throw new Error('it denied without a reason')
      return {decision: 'deny', reason: reason.slice(0, MAX_TEXT)}
    case 'amend':
      if (!HOOK_PHASES[phase].mayAmend) throw new Error(`it asked for changes in the ${phase} phase; only amend hooks can`)
      if (typeof changes !== 'object' || changes === null || Array.isArray(changes))
        throw new Error('it asked for changes that are no object')
      requireFields(Object.keys(changes))
      return {decision: 'amend', changes}
    default:
      throw notAnswer(value)
  }
}

/** Names that are shown in messages: few, and such as fields have. */
function requireFields(names: readonly string[]): void {
  if (names.length > MAX_FIELDS) throw new Error(`it asked for changes of ${names.length} fields; it may change ${MAX_FIELDS}`)
  const strange = names.find((name) => !/^\w{1,50}$/.test(name))
  if (strange !== undefined) throw new Error(`it asked for a change of ${JSON.stringify(strange.slice(0, 50))}, which is no field`)
}

/** The guest's object inherits from our `Object.prototype`, which is no part of its answer. */
function field(value: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(value, name) ? value[name] : undefined
}

function notAnswer(value: Json): Error {
  return new Error(
    `it returned ${JSON.stringify(value).slice(0, 80)}, which is no answer; return allow(), deny('why'), amend({…}) or nothing`,
  )
}
