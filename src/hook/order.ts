import {UserError} from '../model/errors.ts'
import {ExitCode} from '../model/exit-code.ts'

/** What decides the order of a hook among the others of its kind. */
export interface Ordered {
  name: string
  before: readonly string[]
  after: readonly string[]
}

/**
 * The hooks in the order in which they run: each after the hooks that it names in `after`, before those in `before`, and otherwise
 * as listed. A name that no hook has binds nothing. @throws UserError that prints the cycle, when there is one.
 */
export function orderHooks<Hook extends Ordered>(hooks: readonly Hook[]): Hook[] {
  const ordered: Hook[] = []
  const remaining = new Set(hooks)
  const earlier = predecessors(hooks)
  while (remaining.size > 0) {
    const next = [...remaining].find((hook) => !earlier.get(hook)?.some((other) => remaining.has(other)))
    if (!next) throw cycleError(remaining, earlier)
    remaining.delete(next)
    ordered.push(next)
  }
  return ordered
}

function predecessors<Hook extends Ordered>(hooks: readonly Hook[]): Map<Hook, Hook[]> {
  return new Map(
    hooks.map((hook) => [hook, hooks.filter((other) => hook.after.includes(other.name) || other.before.includes(hook.name))] as const),
  )
}

/** Every remaining hook waits for another remaining one, so following them must come back to one seen before. */
function cycleError<Hook extends Ordered>(remaining: ReadonlySet<Hook>, earlier: ReadonlyMap<Hook, Hook[]>): UserError {
  const path: Hook[] = []
  let [hook] = remaining
  while (hook && !path.includes(hook)) {
    path.push(hook)
    hook = earlier.get(hook)?.find((other) => remaining.has(other))
  }
  const cycle = hook ? [...path.slice(path.indexOf(hook)), hook].toReversed() : path
  return new UserError(`The hooks cannot be ordered, each of these must run before the next: ${cycle.map(({name}) => name).join(' → ')}`, {
    code: 'hooks.cycle',
    exitCode: ExitCode.invalidConfiguration,
    remedy: "Remove one of the 'before' or 'after' in the plugins' manifests, or unlink one of the plugins.",
  })
}
