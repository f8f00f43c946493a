import {TERMINAL_STATES} from '@auroractl/cli/thrift'
import type {Draft} from './draft.ts'
import {flappingPenalty} from './flapping.ts'
import {transition} from './machine.ts'
import {LIMITS} from './settings.ts'
import {allTasks, findTask, type State} from './state.ts'
import {ENDING, TRANSIENT} from './statuses.ts'
import {lastEvent, type Task} from './task.ts'

/** What became due after `since`, up to now: penalties served, transient states that lasted too long, kills to repeat, old history. */
export function tick(draft: Draft, since: number): void {
  for (const task of allTasks(draft.before)) {
    const age = draft.now - lastEvent(task).at
    if (task.status === 'THROTTLED') {
      if (age >= penaltyOf(draft.before, task)) transition(draft, task, 'PENDING')
    } else if (TRANSIENT.has(task.status)) {
      if (age >= LIMITS.transientMs) transition(draft, task, 'LOST', 'Task timed out')
      else if (ENDING.has(task.status) && retries(age) > retries(since - lastEvent(task).at)) {
        draft.effects.push({type: 'kill', taskId: task.id})
      }
    } else if (task.status === 'PARTITIONED') {
      const delay = partitionDelay(task)
      if (delay !== undefined && age >= delay) transition(draft, task, 'LOST', 'Task partitioned for too long.')
    }
  }
  prune(draft)
}

/** When the next thing becomes due, if nothing else happens; undefined when nothing will. Pruning can wait for the next tick. */
export function nextDue(state: State, now: number): number | undefined {
  let due: number | undefined
  for (const task of allTasks(state)) {
    const at = dueAt(state, task, now)
    if (at !== undefined && (due === undefined || at < due)) due = at
  }
  return due
}

function dueAt(state: State, task: Task, now: number): number | undefined {
  const start = lastEvent(task).at
  if (task.status === 'THROTTLED') return start + penaltyOf(state, task)
  if (task.status === 'PARTITIONED') {
    const delay = partitionDelay(task)
    return delay === undefined ? undefined : start + delay
  }
  if (!TRANSIENT.has(task.status)) return undefined
  const timeout = start + LIMITS.transientMs
  const retry = start + LIMITS.killRetryMs * 2 ** retries(now - start)
  return ENDING.has(task.status) ? Math.min(timeout, retry) : timeout
}

/** How many repetitions of a kill are due at that age: at 15 s, 30 s, 60 s … */
function retries(age: number): number {
  return age < LIMITS.killRetryMs ? 0 : Math.floor(Math.log2(age / LIMITS.killRetryMs)) + 1
}

function penaltyOf(state: State, {ancestorId}: Task): number {
  return flappingPenalty(ancestorId === undefined ? undefined : findTask(state, ancestorId), (id) => findTask(state, id))
}

/** Undefined: it is never given up. */
function partitionDelay({config}: Task): number | undefined {
  if (config.partitionPolicy?.reschedule === false) return undefined
  return Number(config.partitionPolicy?.delaySecs ?? 0n) * 1000
}

/** Ended tasks go after two days, and beyond a hundred of a job, but never within the first hour (§7). */
function prune(draft: Draft): void {
  for (const tasks of draft.before.jobs.values()) {
    const ended = [...tasks.values()].filter(({status}) => TERMINAL_STATES.has(status)).sort((a, b) => lastEvent(b).at - lastEvent(a).at)
    for (const [rank, task] of ended.entries()) {
      const age = draft.now - lastEvent(task).at
      if (age < LIMITS.minHistoryMs || (rank < LIMITS.historyPerJob && age < LIMITS.historyMs)) continue
      draft.delete(task)
      draft.effects.push({type: 'forget', taskId: task.id})
    }
  }
}
