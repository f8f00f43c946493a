import {ACTIVE_STATES, type JobKey} from '@auroractl/cli/thrift'
import {type Answer, ok} from '../answer.ts'
import type {Draft} from '../draft.ts'
import {transition} from '../machine.ts'
import {tasksOf} from '../state.ts'
import {validKey} from '../validate-job.ts'

/** Missing or empty instances are all of them (reference/thrift-api.md §6). */
export function killTasks(
  draft: Draft,
  key: JobKey,
  instances: readonly number[] | undefined,
  message: string | undefined,
  user: string,
): Answer {
  const only = instances && instances.length > 0 ? new Set(instances) : undefined
  const text = `Killed by ${user}${message ? `.\n${message}` : ''}`
  let killed = false
  for (const task of tasksOf(draft.state, validKey(key))) {
    if (!ACTIVE_STATES.has(task.status) || (only && !only.has(task.instanceId))) continue
    killed = transition(draft, task, 'KILLING', text) || killed
  }
  return killed ? ok() : ok(undefined, 'No tasks to kill.')
}
