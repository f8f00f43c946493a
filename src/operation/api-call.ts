import type {ConfigHooks} from '../config/config-hooks.ts'
import type {AuroraError, HookFailure} from '../model/errors.ts'
import type {Response} from '../model/gen/types.ts'
import type {JsonObject} from '../model/json.ts'
import type {PlannedEffect} from '../model/planned-effect.ts'

/** The calls that hooks of configuration files may wrap, by the names that Aurora's client gave them (reference/hooks.md §1.2). */
export type HookableMethod =
  'create_job' | 'kill_job' | 'restart' | 'update_job' | 'cancel_update' | 'start_job_update' | 'start_cronjob' | 'add_instances'

/** A call to the scheduler as hooks of configuration files hear of it. */
export interface ApiCall {
  /** Its answer; whoever makes the call puts it here. */
  response?: Response
  readonly method: HookableMethod
  /** Those of the configuration that came with the command; none without one. */
  readonly hooks: ConfigHooks | undefined
  /** The call's arguments by name, without the job's key and its configuration. */
  readonly values?: JsonObject
}

/** The port through which the runner asks the hooks of configuration files; `src/hook` implements it. */
export interface ApiHooks {
  /** Asks every hook, and gives all that speaks against the call. */
  before(call: ApiCall, signal: AbortSignal): Promise<readonly HookFailure[]>
  /** Tells every hook how it went, `error` when it failed, also after an interrupt; what goes wrong there is reported, and changes nothing. */
  after(call: ApiCall, error: AuroraError | undefined): Promise<void>
  /** In a dry run: the hooks that would be asked. */
  plan(call: ApiCall): Promise<readonly PlannedEffect[]>
}
