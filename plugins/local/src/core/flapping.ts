import {ACTIVE_STATES} from '@auroractl/cli/thrift'
import {LIMITS} from './settings.ts'
import {ENDING} from './statuses.ts'
import {lastEvent, type Task} from './task.ts'

/**
 * How long the copy of a task waits before it may be scheduled: nothing unless the task flapped, then 30 s, doubled for
 * each ancestor that flapped too, at most 5 min (reference/thrift-api.md §7).
 */
export function flappingPenalty(ancestor: Task | undefined, find: (id: string) => Task | undefined): number {
  let penalty = 0
  for (let task = ancestor; task && flapped(task) && penalty < LIMITS.maxFlappingPenaltyMs;) {
    penalty = penalty === 0 ? LIMITS.flappingPenaltyMs : Math.min(penalty * 2, LIMITS.maxFlappingPenaltyMs)
    task = task.ancestorId === undefined ? undefined : find(task.ancestorId)
  }
  return penalty
}

/** Ended soon after it became active, and by itself: not killed, not restarted, not drained. */
function flapped(task: Task): boolean {
  if (task.status === 'KILLED' || task.events.some(({status}) => ENDING.has(status))) return false
  const active = task.events.findLast(({status}) => ACTIVE_STATES.has(status))
  return active !== undefined && lastEvent(task).at - active.at < LIMITS.flappingThresholdMs
}
