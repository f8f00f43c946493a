import {UserError} from '../model/errors.ts'
import {ExitCode} from '../model/exit-code.ts'
import type {ScheduledTask} from '../model/gen/types.ts'
import {type InstanceSet, instanceSet} from '../model/instances.ts'
import {formatJobKey, type JobKey} from '../model/job-key.ts'
import {ACTIVE_STATES} from '../model/task-states.ts'
import {step} from '../operation/step.ts'
import type {SchedulerConnection} from '../scheduler/connect.ts'
import {idList, type KillOptions} from './kill-options.ts'
import {queryTasks} from './query-tasks.ts'

export interface Selection {
  /** The active instances among the requested ones; none when nothing matches. */
  selected: InstanceSet | undefined
  warnings: readonly string[]
}

/** Finds which of the requested instances are active (reference/commands.md §5.3, steps 2 and 3). */
export const selectActive = step<{scheduler: SchedulerConnection; job: JobKey; instances?: InstanceSet; options: KillOptions}, Selection>({
  name: 'select instances',
  async run({scheduler, job, instances, options}, io) {
    const tasks = await queryTasks(scheduler, job, {statuses: [...ACTIVE_STATES]}, {exitCode: ExitCode.invalidParameter})
    const active = new Set(tasks.map(({assignedTask}) => assignedTask.instanceId))
    const missing = (instances ?? []).filter((id) => !active.has(id))
    if (options.strict && missing.length > 0) {
      throw new UserError(`Invalid instance parameter: ${idList(missing)}`, {
        code: 'instances.not-active',
        remedy: `See 'aurora job status ${formatJobKey(job)}' for the active ones, or leave out --strict.`,
      })
    }
    const selected = instanceSet(instances ? instances.filter((id) => active.has(id)) : active)
    if (!selected) io.warn(`No tasks to kill found for job ${formatJobKey(job)}`)
    else if (missing.length > 0) io.warn(`Not active, left alone: ${idList(missing)}`)
    return {selected, warnings: instances && tasks.some(hasSla) ? ['WARNING: Killing instances without updating SlaPolicy.'] : []}
  },
})

function hasSla({assignedTask}: ScheduledTask): boolean {
  const policy = assignedTask.task.slaPolicy
  return policy?.countSlaPolicy !== undefined || policy?.percentageSlaPolicy !== undefined
}
