/**
 * A change in the world that an acting step makes. Its kind says what can be known when the answer is lost:
 * - `checkable`, `identifiable`: the state, or our own id in it, tells that the change landed; `check` looks, and gives the
 *   answer that was lost, or undefined when nothing of the change is to be seen yet;
 * - `unverifiable`: nothing can tell, so it is never silently repeated.
 */
export type Effect<Answer> = {
  /** What it does, for a person: `create job devcluster/www-data/prod/hello`. */
  name: string
  /** How a person finds out whether it happened: a command. */
  findOut: string
  call: () => Promise<Answer>
} & ({kind: 'checkable' | 'identifiable'; check: () => Promise<Answer | undefined>} | {kind: 'unverifiable'})
