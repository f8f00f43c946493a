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
  const ancestors = ancestorsIn(before)
  const sorted = topological(before)
  const entries = sorted.map((name) => {
    const direct = [...(before.get(name) ?? [])]
    const after = direct.filter((each) => !direct.some((other) => other !== each && ancestors(other).has(each)))
    return graphProcess(name, processes.get(name), after)
  })
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

/** All that a process waits for, through others too. */
function ancestorsIn(before: ReadonlyMap<string, ReadonlySet<string>>): (name: string) => ReadonlySet<string> {
  const known = new Map<string, Set<string>>()
  const ancestors = (name: string): Set<string> => {
    const found = known.get(name)
    if (found) return found
    const all = new Set<string>()
    known.set(name, all)
    for (const direct of before.get(name) ?? []) for (const each of [direct, ...ancestors(direct)]) all.add(each)
    return all
  }
  return ancestors
}
