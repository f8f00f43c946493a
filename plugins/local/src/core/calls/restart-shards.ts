import {ACTIVE_STATES, type JobKey} from '@auroractl/cli/thrift'
import {type Answer, invalid, ok, Refusal} from '../answer.ts'
import type {Draft} from '../draft.ts'
import {transition} from '../machine.ts'
import {tasksOf} from '../state.ts'
import {validKey} from '../validate-job.ts'

export function restartShards(draft: Draft, key: JobKey, shardIds: readonly number[] | undefined, user: string): Answer {
  const wanted = new Set(shardIds)
  if (wanted.size === 0) throw new Refusal('ERROR', 'At least one shard must be given.')
  const active = tasksOf(draft.state, validKey(key)).filter(({status, instanceId}) => ACTIVE_STATES.has(status) && wanted.has(instanceId))
  if (active.length !== wanted.size) throw invalid('Not all requested shards are active.')
  for (const task of active) transition(draft, task, 'RESTARTING', `Restarted by ${user}`)
  return ok()
}
