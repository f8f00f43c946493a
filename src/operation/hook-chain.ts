import type {HookFailure} from '../model/errors.ts'
import type {HookPhase} from '../model/hook-point.ts'
import type {HookView} from '../model/hook-view.ts'
import type {JobKey} from '../model/job-key.ts'
import type {JsonObject} from '../model/json.ts'
import type {PlannedEffect} from '../model/planned-effect.ts'

/** Changes that an amend hook asks for, with who asks. */
export interface Amendment {
  hook: string
  /** Where the hook comes from: `plugin team-guard`. */
  source: string
  changes: JsonObject
}

/** What all hooks of one phase said. */
export interface PhaseVerdict {
  amendments: readonly Amendment[]
  /** Denials, and hooks that could not be asked; in `amend` and `pre` any of them stops the operation. */
  failures: readonly HookFailure[]
  /** error: what the hooks have to say to the user. */
  hints: readonly string[]
  /** In a dry run: what the hooks would have done. */
  effects: readonly PlannedEffect[]
}

/** The port through which the runner asks the hooks; `src/hook` implements it. */
export interface HookChain {
  /** Starts, without waiting, what the hooks of this operation will need, while the reading steps go on; the job, when it is known already. */
  warm(operation: string, job?: JobKey): void
  /**
   * Runs every hook of the phase whose `when` matches. Never throws for what a hook does: that is a failure in the verdict. Once the
   * signal is aborted nobody waits for it any more: what hooks have begun ends, and no other is asked.
   */
  run(phase: HookPhase, view: HookView, signal?: AbortSignal): Promise<PhaseVerdict>
  /** Ends the children. */
  close(): Promise<void>
}
