import type {Decision} from './decision.ts'
import type {HookPhase} from './hook-point.ts'
import type {Json} from './json.ts'

export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

/** What happens during a run; renderers turn these into what a person or a program sees. */
export type RunEvent =
  | {type: 'run.started'; run: string; operation: string}
  | {type: 'step.started'; step: string}
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
  | {type: 'run.finished'; run: string; operation: string; status: string}

export type Emit = (event: RunEvent) => void
