import type {JobUpdateRequest} from '@auroractl/cli/thrift'
import {type Answer, ok} from '../answer.ts'
import {sameConfig} from '../canonical.ts'
import {isIn} from '../ranges.ts'
import type {State} from '../state.ts'
import {validateJob} from '../validate-job.ts'
import {activeConfigs, groupByConfig} from './config-summary.ts'

/** What an update would add, remove, change and leave alone: what is removed and changed as it is, what is added as it will be. */
export function getJobUpdateDiff(state: State, request: JobUpdateRequest): Answer {
  const {taskConfig, instanceCount, settings} = request
  const {job, config} = validateJob({
    key: taskConfig.job,
    taskConfig,
    instanceCount,
    cronCollisionPolicy: 'KILL_EXISTING',
    owner: taskConfig.owner,
  })
  const only = settings.updateOnlyTheseInstances
  const inScope = (id: number): boolean => only.length === 0 || isIn(only, id)
  const current = activeConfigs(state, job)
  const wanted = (id: number): boolean => id < instanceCount
  const active = [...current]
  const kept = active.filter(([id]) => inScope(id) && wanted(id))
  const added = Array.from({length: instanceCount}, (_, id) => id).filter((id) => inScope(id) && !current.has(id))
  return ok({
    getJobUpdateDiffResult: {
      add: groupByConfig(added.map((id) => [id, config])),
      remove: groupByConfig(active.filter(([id]) => inScope(id) && !wanted(id))),
      update: groupByConfig(kept.filter(([, running]) => !sameConfig(running, config))),
      unchanged: groupByConfig(active.filter(([id, running]) => !inScope(id) || (wanted(id) && sameConfig(running, config)))),
    },
  })
}
