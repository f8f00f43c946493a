import type {Problem} from '../schema/problem.ts'
import type {JobRecords} from '../schema/records.ts'
import type {EvaluateOptions} from './evaluate.ts'
import type {InputReader} from './input-reader.ts'
import type {LiveConfig} from './live-config.ts'
import type {ConfigHook} from './protocol.ts'

/** What comes of running a configuration: its jobs with nothing bound yet. Plain data, so that it can be kept. */
export interface Evaluation {
  readonly records: JobRecords
  /** What the author should know, though nothing is wrong enough to refuse it. */
  readonly warnings: readonly Problem[]
  /** The objects in `hooks = […]`. */
  readonly hooks: readonly ConfigHook[]
}

/** An evaluation whose live objects are there, if it has hooks. */
export interface LiveEvaluation {
  readonly evaluation: Evaluation
  readonly live?: LiveConfig
}

/** A way to read configurations of one syntax. */
export interface ConfigLoader {
  readonly name: string
  /** Whether its evaluations may be kept; they may unless it says otherwise. */
  readonly cacheable?: boolean
  /** Whether a file of that name has its syntax. */
  reads(file: string): boolean
  /** Starts what will evaluate the next file, where that takes time. */
  warm?(options: EvaluateOptions): void
  /** Evaluates the reader's main file; all that it reads is read through the reader. @throws UserError (exit 3) */
  load(reader: InputReader, options: EvaluateOptions): Promise<Evaluation>
  /** The same, and keeps the live objects of a file that has hooks. */
  loadLive?(reader: InputReader, options: EvaluateOptions): Promise<LiveEvaluation>
}
