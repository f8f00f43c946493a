import type {HookPhase} from './hook-point.ts'
import type {JobKey} from './job-key.ts'
import type {Json, JsonObject} from './json.ts'

/** The plain data that a hook sees as `ctx`; the capabilities join it inside the sandbox. */
export interface HookView {
  phase: HookPhase
  operation: string
  /** The user who runs the command. */
  user: string
  job?: JobKey
  options: JsonObject
  /** What a project's file says to this hook, as the hook's schema has it. */
  with?: Json
  /** The job's record, when a configuration was loaded. */
  config?: JsonObject
  instances?: number[]
  dryRun: boolean
  /** post: what the operation achieved. */
  result?: Json
  /** error: what went wrong. */
  error?: {code: string; message: string}
  /** finally: how it ended. */
  outcome?: 'applied' | 'partly' | 'not-applied' | 'unknown'
}

/** What an operation registers in `Operations`: the part of the view that is its own, as the hooks bound to it see it. */
export type HookContext = Partial<Pick<HookView, 'job' | 'config' | 'instances'>> & {options?: JsonObject}
