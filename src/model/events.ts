import type {Decision} from './decision.ts'
import type {HookPhase} from './hook-point.ts'
import type {Json} from './json.ts'

export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

/** What can be known of a change when its answer is lost. */
export type EffectKind = 'checkable' | 'identifiable' | 'unverifiable'

/** What is to be said of a run that did not do all that it was to do. */
export interface RunEnd {
  code: string
  message: string
  done?: string
  left?: string
  findOut?: string
}

/** What happens during a run; renderers turn these into what a person or a program sees. */
export type RunEvent =
  | {type: 'run.started'; run: string; operation: string}
  | {type: 'step.started'; step: string; acting: boolean}
  /** What a step found that the run goes on with when it is resumed; `key` is the step's place in the run. */
  | {type: 'step.found'; key: string; memo: Json}
  | {type: 'step.finished'; step: string; ms: number}
  | {type: 'log'; level: LogLevel; text: string; source?: string}
  | {type: 'progress'; text: string; done?: number; total?: number}
  | {type: 'hook.started'; phase: HookPhase; hook: string; source: string}
  | {type: 'hook.finished'; phase: HookPhase; hook: string; source: string; ms: number; decision: Decision; heapKb?: number; cpuMs?: number}
  | {
      type: 'hook.failed'
      phase: HookPhase
      hook: string
      source: string
      ms: number
      reason: string
      denies: boolean
      heapKb?: number
      cpuMs?: number
    }
  /** A hook used a power: what it did, or in a dry run would have done; `value` is what clock and random gave. */
  | {type: 'hook.power'; phase: HookPhase; hook: string; power: string; text: string; planned: boolean; value?: Json}
  | {type: 'hooks.skipped'; hooks: readonly string[]; reason?: string}
  /** What the pre hooks are asked about, and what is done then, as salted digests; `key` is the operation's place in the run. */
  | {type: 'hooks.saw'; key: string; operation: string; phase: HookPhase; digest: string; parts: Readonly<Record<string, string>>}
  /** A change is about to be made; `effect` is its place in the run. Without one of the three below it, nobody knows whether it was. */
  | {type: 'effect.intended'; effect: string; name: string; kind: EffectKind; findOut: string}
  /** `found`: its answer was lost, and looking gave it. */
  | {type: 'effect.done'; effect: string; found: boolean; answer: Json}
  | {type: 'effect.failed'; effect: string; message: string}
  | {type: 'effect.in-doubt'; effect: string; message: string}
  | {type: 'run.finished'; run: string; operation: string; status: string; end?: RunEnd}

export type Emit = (event: RunEvent) => void
