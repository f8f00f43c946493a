import {ACTIVE_STATES, type InstanceKey} from '@auroractl/cli/thrift'
import {type Answer, invalid, ok} from '../answer.ts'
import type {Draft} from '../draft.ts'
import {insertPending} from '../machine.ts'
import {tasksOf} from '../state.ts'
import {validKey} from '../validate-job.ts'
import {checkCount} from './create-job.ts'

/** More of the given instance's kind, numbered on from the highest active one. */
export function addInstances(draft: Draft, key: InstanceKey | undefined, count: number | undefined): Answer {
  const job = validKey(key?.jobKey)
  if (count === undefined || count <= 0) throw invalid('Instance count must be positive.')
  const active = tasksOf(draft.state, job).filter(({status}) => ACTIVE_STATES.has(status))
  const template = active.find(({instanceId}) => instanceId === key?.instanceId)
  if (!template) throw invalid('No active task found for a given instance ID.')
  checkCount(active.length + count)
  const first = Math.max(...active.map(({instanceId}) => instanceId)) + 1
  for (let id = first; id < first + count; id++) insertPending(draft, job, id, template.config)
  return ok()
}
