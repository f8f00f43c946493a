import {ACTIVE_STATES, type ConfigGroup, type JobKey, type Range, type TaskConfig} from '@auroractl/cli/thrift'
import {type Answer, ok} from '../answer.ts'
import {canonical} from '../canonical.ts'
import {type State, tasksOf} from '../state.ts'
import {validKey} from '../validate-job.ts'

/** The job's active instances, grouped by configuration. */
export function getConfigSummary(state: State, key: JobKey): Answer {
  const job = validKey(key)
  const groups = new Map<string, {config: TaskConfig; ids: number[]}>()
  for (const {config, instanceId, status} of tasksOf(state, job)) {
    if (!ACTIVE_STATES.has(status)) continue
    const text = canonical(config)
    const group = groups.get(text) ?? {config, ids: []}
    group.ids.push(instanceId)
    groups.set(text, group)
  }
  const wire: ConfigGroup[] = [...groups.values()].map(({config, ids}) => ({config, instances: ranges(ids)}))
  return ok({configSummaryResult: {summary: {key: job, groups: wire}}})
}

function ranges(ids: readonly number[]): Range[] {
  const found: {first: number; last: number}[] = []
  for (const id of [...ids].sort((a, b) => a - b)) {
    const open = found.at(-1)
    if (open && id === open.last + 1) open.last = id
    else found.push({first: id, last: id})
  }
  return found
}
