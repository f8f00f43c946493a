import {ACTIVE_STATES, type ConfigGroup, type JobKey, type TaskConfig} from '@auroractl/cli/thrift'
import {type Answer, ok} from '../answer.ts'
import {canonical} from '../canonical.ts'
import {toRanges} from '../ranges.ts'
import {type State, tasksOf} from '../state.ts'
import type {Job} from '../task.ts'
import {validKey} from '../validate-job.ts'

/** The job's active instances, grouped by configuration. */
export function getConfigSummary(state: State, key: JobKey): Answer {
  const job = validKey(key)
  return ok({configSummaryResult: {summary: {key: job, groups: groupByConfig(activeConfigs(state, job))}}})
}

/** The configurations of the job's active instances. */
export function activeConfigs(state: State, job: Job): Map<number, TaskConfig> {
  const active = tasksOf(state, job).filter(({status}) => ACTIVE_STATES.has(status))
  return new Map(active.map(({instanceId, config}) => [instanceId, config]))
}

export function groupByConfig(instances: Iterable<readonly [number, TaskConfig]>): ConfigGroup[] {
  const groups = new Map<string, {config: TaskConfig; ids: number[]}>()
  for (const [id, config] of instances) {
    const text = canonical(config)
    const group = groups.get(text) ?? {config, ids: []}
    group.ids.push(id)
    groups.set(text, group)
  }
  return [...groups.values()].map(({config, ids}) => ({config, instances: toRanges(ids)}))
}
