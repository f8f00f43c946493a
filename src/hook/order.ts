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

/** What the hooks of a kind wish of the order that binds nothing, since none of them has the name. */
export function strayNames<Hook extends Ordered & {kind: string; source: string}>(hooks: readonly Hook[], all: readonly Hook[]): string[] {
  const stray = (hook: Hook, field: 'before' | 'after') =>
    hook[field].flatMap((name) => {
      if (hooks.some((other) => other.name === name)) return []
      const elsewhere = all.find((other) => other.name === name)
      const why = elsewhere ? `that is a ${elsewhere.kind} hook, and the order of the kinds is fixed` : 'no hook has that name'
      return [`${hook.source}: hook '${hook.name}' is to run ${field} '${name}': ${why}`]
    })
  return hooks.flatMap((hook) => [...stray(hook, 'before'), ...stray(hook, 'after')])
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
    remedy: "Remove one of the 'before' or 'after' in the plugins' manifests or the file of hooks, or unlink one of the plugins.",
  })
}
