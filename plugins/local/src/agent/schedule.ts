/** What the rules about order need to know of a process. */
export interface Ordered {
  name: string
  daemon: boolean
  ephemeral: boolean
}

/** Which processes must have finished before each one. */
export type Needs = ReadonlyMap<string, ReadonlySet<string>>

export type Schedule = {ok: true; needs: Needs} | {ok: false; problem: string}

/**
 * The dependencies of one plan (regular or final processes), from a task's order constraints. An order applies to the plan that has all its
 * names; one that names only strangers is ignored, a mixture is invalid (reference/thermos.md §5, reference/config-dsl.md §8).
 */
export function needsOf(plan: readonly Ordered[], orders: readonly (readonly string[])[], all: readonly Ordered[] = plan): Schedule {
  const byName = new Map(plan.map((process) => [process.name, process]))
  const known = new Set(all.map(({name}) => name))
  const needs = new Map<string, Set<string>>(plan.map(({name}) => [name, new Set()]))
  for (const order of orders) {
    const members = order.filter((name) => byName.has(name)).length
    const mixed = members > 0 ? members < order.length : new Set(order.map((name) => known.has(name))).size > 1
    if (order.length === 0 || mixed) return {ok: false, problem: 'Invalid process dependencies!'}
    if (members === 0) continue
    for (const [index, name] of order.entries()) {
      const before = order[index - 1]
      if (before !== undefined) needs.get(name)?.add(before)
    }
  }
  const problem = forbidden(byName, needs) ?? (hasCycle(needs) ? 'Cycles detected in the task schedule!' : undefined)
  return problem === undefined ? {ok: true, needs} : {ok: false, problem}
}

function forbidden(byName: ReadonlyMap<string, Ordered>, needs: Needs): string | undefined {
  for (const [name, predecessors] of needs) {
    for (const predecessor of predecessors) {
      const [before, after] = [byName.get(predecessor), byName.get(name)]
      if (before?.daemon && !after?.daemon) return `Process ${name} may not depend upon daemon process ${predecessor}`
      if (before?.ephemeral && !after?.ephemeral)
        return `Non-ephemeral process ${name} may not depend upon ephemeral process ${predecessor}`
    }
  }
  return undefined
}

function hasCycle(needs: Needs): boolean {
  const left = new Map([...needs].map(([name, predecessors]) => [name, new Set(predecessors)]))
  for (;;) {
    const free = [...left].filter(([, predecessors]) => [...predecessors].every((name) => !left.has(name)))
    if (free.length === 0) return left.size > 0
    for (const [name] of free) left.delete(name)
  }
}
