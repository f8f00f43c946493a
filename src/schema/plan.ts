import type {Process, Task} from './job.ts'

/** Why the processes of a task cannot run in the order that its constraints ask for (reference/config-dsl.md §8). */
export function planProblem(task: Task): string | undefined {
  const after = predecessors(task)
  const cycle = cycleIn(after)
  if (cycle) return `Cycles detected in the task schedule! ${cycle.join(' -> ')}`
  return dependsOnTheShortLived(after, new Map((task.processes ?? []).map((process) => [process.name, process])))
}

/**
 * Which of the orders of a task cannot be kept at all: an order names regular processes alone or final ones alone; one that names unknown processes
 * alone is without effect.
 */
export function mixedOrders(task: Task): number[] {
  const finals = new Map((task.processes ?? []).map(({name, final}) => [name, final]))
  return task.constraints.flatMap(({order = []}, i) => (new Set(order.map((name) => finals.get(name))).size === 1 ? [] : [i]))
}

/** The processes that each process waits for, by the orders of its task; of processes of one name the last counts. */
export function predecessors(task: Task): Map<string, Set<string>> {
  const after = new Map<string, Set<string>>((task.processes ?? []).map(({name}) => [name, new Set()]))
  for (const {order = []} of task.constraints) {
    order.forEach((name, i) => {
      const before = order[i - 1]
      if (before !== undefined && after.has(before)) after.get(name)?.add(before)
    })
  }
  return after
}

/** Names in the order in which they would have to run, the first one again at the end. */
function cycleIn(after: ReadonlyMap<string, ReadonlySet<string>>): string[] | undefined {
  const left = new Map(Array.from(after, ([name, before]) => [name, new Set(before)]))
  for (let runnable = freeOf(left); runnable.length > 0; runnable = freeOf(left)) {
    for (const name of runnable) left.delete(name)
    for (const before of left.values()) for (const name of runnable) before.delete(name)
  }
  // Each that is left waits for another that is left.
  const path: string[] = []
  let [at] = left.keys()
  while (at !== undefined && !path.includes(at)) {
    path.push(at)
    ;[at] = left.get(at) ?? []
  }
  return at === undefined ? undefined : [...path.slice(path.indexOf(at)), at].toReversed()
}

function freeOf(left: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  return [...left].filter(([, before]) => before.size === 0).map(([name]) => name)
}

function dependsOnTheShortLived(
  after: ReadonlyMap<string, ReadonlySet<string>>,
  processes: ReadonlyMap<string, Process>,
): string | undefined {
  for (const [name, befores] of after) {
    for (const before of [...befores].map((each) => processes.get(each))) {
      if (before?.daemon) return `Process ${name} may not depend upon daemon process ${before.name}`
      if (before?.ephemeral && !processes.get(name)?.ephemeral) {
        return `Non-ephemeral process ${name} may not depend upon ephemeral process ${before.name}`
      }
    }
  }
  return undefined
}
