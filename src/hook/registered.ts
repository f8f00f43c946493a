import type {Json} from '../model/json.ts'
import type {Condition} from './condition.ts'
import type {HookDeclaration} from './manifest.ts'
import type {LoadedScript} from './script-reader.ts'

/** Where hooks come from, in the order in which they run within a phase. */
export type HookKind = 'project' | 'plugin' | 'policy'

/** A hook as it stands for this run. */
export interface RegisteredHook extends HookDeclaration {
  kind: HookKind
  /** Where it is declared, as messages say it: `plugin team-guard`, `project /home/me/shop/aurora.yaml`. */
  source: string
  /** Whose code it is: the plugin's name, or the path of the file. The hooks of one owner share an isolate. */
  owner: string
  /** The folder of its script. */
  root: string
  /** What a file says to it: `ctx.with`. */
  with?: Json
  /** What the file that uses it narrows it to, besides its own `when`. */
  narrowed?: Condition
  /** The plugin's own hook, which does not run where this one, a configured one of it, does. */
  configures?: {source: string; name: string}
  /** Its script as it was read to compare it with what was granted: it is this that runs, whatever is there by then. */
  loaded?: Promise<LoadedScript>
  /** Why it cannot be asked, which counts as a failure of it, and what to do about it. */
  blocked?: string
}
