import {setTimeout as delay} from 'node:timers/promises'
import {hasEnvironment, type ProcessEntry, type ProcessTable, processTable, workingDirectory} from './proc.ts'

/** A process named for good: the pid may be another's tomorrow, the pair is not (within one boot). */
export interface Leader {
  pid: number
  startTime: number
}

/** Everything in the sessions that these coordinators lead, and what descends from it. */
export function sessionMembers(leaders: readonly Leader[], table: ProcessTable = processTable()): ProcessEntry[] {
  return withDescendants(
    [...table.values()].filter((entry) => leaders.some((leader) => isLedBy(entry, leader, table))),
    table,
  )
}

/**
 * Every process of a task: its sessions, whatever was started with its HOME wherever it went since (a daemon forked twice with a session of
 * its own), orphans that sit in its sandbox, and the descendants of all these.
 */
export function taskMembers(sandbox: string, leaders: readonly Leader[], table: ProcessTable = processTable()): ProcessEntry[] {
  const belongs = (entry: ProcessEntry) =>
    leaders.some((leader) => isLedBy(entry, leader, table)) ||
    hasEnvironment(entry.pid, `HOME=${sandbox}`) ||
    (entry.parent === 1 && workingDirectory(entry.pid) === sandbox)
  return withDescendants([...table.values()].filter(belongs), table)
}

function isLedBy(entry: ProcessEntry, leader: Leader, table: ProcessTable): boolean {
  if (entry.session !== leader.pid && entry.group !== leader.pid) return false
  // A pid that leads a session is not given to another while the session lives: a stranger there means that ours is long gone.
  const occupant = table.get(leader.pid)
  return entry.startTime >= leader.startTime && (occupant === undefined || occupant.startTime === leader.startTime)
}

export function withDescendants(roots: readonly ProcessEntry[], table: ProcessTable): ProcessEntry[] {
  const members = new Map(roots.map((entry) => [entry.pid, entry]))
  for (let grown = true; grown;) {
    grown = false
    for (const entry of table.values()) {
      if (members.has(entry.pid) || !members.has(entry.parent)) continue
      members.set(entry.pid, entry)
      grown = true
    }
  }
  members.delete(process.pid)
  return [...members.values()]
}

/** Kills again and again until nothing is found any more; false if something does not die (it hangs in the kernel). */
export async function killUntilGone(find: () => readonly ProcessEntry[]): Promise<boolean> {
  for (let pass = 0; pass < 200; pass++) {
    const left = find()
    if (left.length === 0) return true
    for (const {pid} of left) signal(pid, 'SIGKILL')
    await delay(Math.min(100, 2 + pass * 5))
  }
  return false
}

export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // It is gone already, or not ours to end.
  }
}
