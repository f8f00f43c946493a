import type {HookView} from '../../model/hook-view.ts'
import type {Json} from '../../model/json.ts'
import type {PlannedEffect} from '../../model/planned-effect.ts'
import type {HostFunction} from '../../sandbox/javascript/sandbox.ts'
import type {RegisteredHook} from '../registry.ts'
import type {Capabilities} from './capabilities.ts'

/** One power in the hands of one hook, while it runs. */
export interface Lending {
  readonly hook: RegisteredHook
  readonly view: HookView
  readonly world: Capabilities
  /** Where relative paths begin and commands run: the project's folder. */
  readonly folder: string
  /** Aborted when the hook's time is over. */
  readonly signal: AbortSignal
  /** Shared by all hooks of the run: what was made once, by name. */
  once<Value>(name: string, make: () => Promise<Value>): Promise<Value>
  /** Tells the run what is done. */
  tell(text: string, value?: Json): void
  /** The same for a change in the world; in a dry run it is recorded, and `true` says that it must not be done. */
  planned(effect: PlannedEffect): boolean
  /** Counts bytes against the power's budget. @throws Error when it is used up */
  spend(bytes: number): void
}

/** Makes the functions of one power, by their names in `ctx`. */
export type Lend = (lending: Lending) => Readonly<Record<string, HostFunction>>
