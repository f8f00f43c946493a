import type {ApiCall} from './api-call.ts'
import type {EffectKind} from '../model/events.ts'

/**
 * A change in the world that an acting step makes. Its kind says what can be known when the answer is lost:
 * - `checkable`, `identifiable`: the state, or our own id in it, tells that the change landed; `check` looks, and gives the
 *   answer that was lost, or undefined when nothing of the change is to be seen yet. A resumed run makes such a change again
 *   when it is not to be seen, so the scheduler must refuse it, or do nothing more, if it had landed after all;
 * - `unverifiable`: nothing can tell, so it is never silently repeated.
 *
 * The answer is plain data: a resumed run gets it from the journal.
 */
export type Effect<Answer = unknown> = {
  /** What it does, for a person: `create job devcluster/www-data/prod/hello`; the same when the run is resumed. */
  name: string
  /** How a person finds out whether it happened: a command. */
  findOut: string
  call: () => Promise<Answer>
  /** What hooks of the configuration hear of it. */
  api?: ApiCall
} & ({kind: Exclude<EffectKind, 'unverifiable'>; check: () => Promise<Answer | undefined>} | {kind: Extract<EffectKind, 'unverifiable'>})
