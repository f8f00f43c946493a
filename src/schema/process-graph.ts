import type {Process, Task} from './job.ts'
import {predecessors} from './plan.ts'

/** A process among the others of its task. */
export interface GraphProcess {
  readonly name: string
  readonly daemon: boolean
  readonly ephemeral: boolean
  /** Runs after all that are not final. */
  readonly final: boolean
  /** Those that it directly waits for: none that another of them waits for anyway. */
  readonly after: readonly string[]
}

/** The processes of a task whose plan is valid, each behind those that it waits for, the final ones last; else as they are listed. */
export function processGraph(task: Task): readonly GraphProcess[] {
  const processes = new Map((task.processes ?? []).map((process) => [process.name, process]))
  const before = predecessors(task)
  const entries = topological(before).map((name) => graphProcess(name, processes.get(name), direct(name, before)))
  return [...entries.filter(({final}) => !final), ...entries.filter(({final}) => final)]
}

function graphProcess(name: string, process: Process | undefined, after: readonly string[]): GraphProcess {
  const {daemon = false, ephemeral = false, final = false} = process ?? {}
  return {name, daemon, ephemeral, final, after}
}

/** Names with all that are before them in front; the earliest listed first. */
function topological(before: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const sorted = new Set<string>()
  const left = new Set(before.keys())
  while (left.size > 0) {
    const next = [...left].find((name) => [...(before.get(name) ?? [])].every((each) => sorted.has(each)))
    if (next === undefined) throw new Error('the processes wait for each other')
    left.delete(next)
    sorted.add(next)
  }
  return [...sorted]
}

/** What a process waits for, without what another of them waits for anyway. */
function direct(name: string, before: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const stated = [...(before.get(name) ?? [])]
  if (stated.length < 2) return stated
  const further = new Set<string>()
  const left = stated.flatMap((each) => [...(before.get(each) ?? [])])
  for (let each = left.pop(); each !== undefined; each = left.pop()) {
    if (further.has(each)) continue
    further.add(each)
    left.push(...(before.get(each) ?? []))
  }
  return stated.filter((each) => !further.has(each))
}
