import type {ScheduleStatus, TaskConfig} from '@auroractl/cli/thrift'
import type {Draft} from './draft.ts'
import {flappingPenalty} from './flapping.ts'
import {findTask} from './state.ts'
import {type Event, lastEvent, type Job, type Task} from './task.ts'
import {type Action, TRANSITIONS} from './transitions.ts'

/** Puts the job's instance in place as a new, pending task. */
export function insertPending(draft: Draft, job: Job, instanceId: number, config: TaskConfig): void {
  const id = draft.newTaskId(job, instanceId)
  draft.put({
    id,
    job,
    instanceId,
    config,
    status: 'PENDING',
    events: [event(draft.now, 'PENDING')],
    failureCount: 0,
    timesPartitioned: 0,
    ports: {},
  })
}

/**
 * Moves a task to a status with all that the transition brings along (reference/thrift-api.md §7).
 * The same status is no change; one that the table does not have is ignored, and reported as an effect.
 * @returns whether anything changed
 */
export function transition(draft: Draft, task: Task, to: ScheduleStatus, message?: string): boolean {
  const from = task.status
  if (from === to) return false
  const actions = TRANSITIONS[from][to]
  if (!actions) {
    draft.effects.push({type: 'illegal', taskId: task.id, from, to})
    return false
  }
  if (actions.includes('delete')) {
    draft.delete(task)
    return true
  }
  const next: Task = {
    ...task,
    status: to,
    // History never runs backwards, even when the machine's clock does.
    events: [...task.events, event(Math.max(draft.now, lastEvent(task).at), to, message)],
    failureCount: task.failureCount + (actions.includes('count-failure') ? 1 : 0),
    timesPartitioned: task.timesPartitioned + (to === 'PARTITIONED' ? 1 : 0),
  }
  draft.put(next)
  for (const action of actions) perform(draft, action, task, next)
  return true
}

function perform(draft: Draft, action: Action, before: Task, after: Task): void {
  switch (action) {
    case 'kill':
      draft.effects.push({type: 'kill', taskId: after.id})
      break
    case 'lose':
      transition(draft, after, 'LOST')
      break
    case 'reschedule':
      reschedule(draft, after)
      break
    case 'reschedule-service':
      if (after.config.isService) reschedule(draft, after)
      break
    case 'reschedule-failed':
      if (mayFailAgain(before)) reschedule(draft, after)
      break
    case 'reschedule-unless-killing':
      if (before.events.at(-2)?.status !== 'KILLING') reschedule(draft, after)
      break
  }
}

/** Judged by the failures before this one (§7, `R?`). */
function mayFailAgain({config, failureCount}: Task): boolean {
  const max = config.maxTaskFailures ?? 1
  return config.isService || max === -1 || failureCount < max - 1
}

function reschedule(draft: Draft, ancestor: Task): void {
  const {job, instanceId, config, failureCount, timesPartitioned} = ancestor
  const penalty = flappingPenalty(ancestor, (id) => findTask(draft.state, id))
  const first =
    penalty > 0
      ? event(draft.now, 'THROTTLED', `Rescheduled, penalized for ${penalty} ms for flapping`)
      : event(draft.now, 'PENDING', 'Rescheduled')
  draft.put({
    id: draft.newTaskId(job, instanceId),
    job,
    instanceId,
    config,
    status: first.status,
    events: [first],
    failureCount,
    timesPartitioned,
    ancestorId: ancestor.id,
    ports: {},
  })
}

function event(at: number, status: ScheduleStatus, message?: string): Event {
  return {at, status, ...(message === undefined ? {} : {message})}
}
