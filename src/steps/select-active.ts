import {UserError} from '../model/errors.ts'
import {ExitCode} from '../model/exit-code.ts'
import type {ScheduledTask, ScheduleStatus} from '../model/gen/types.ts'
import {type InstanceSet, instanceSet} from '../model/instances.ts'
import {formatJobKey, type JobKey} from '../model/job-key.ts'
import {ACTIVE_STATES} from '../model/task-states.ts'
import {step} from '../operation/step.ts'
import type {SchedulerConnection} from '../scheduler/connect.ts'
import {idList, type KillOptions} from './kill-options.ts'
import {meantAmong, type MeantTasks} from './meant-tasks.ts'
import {queryTasks} from './query-tasks.ts'

export interface Selection {
  /** The active instances among the requested ones; none when nothing matches. */
  selected: InstanceSet | undefined
  /** The states in which the active instances were seen. */
  states: ReadonlyMap<number, ScheduleStatus>
  warnings: readonly string[]
  /** The tasks of the selected instances. */
  ours: MeantTasks
  /** Selected instances that somebody has started anew since: they are left alone. */
  foreign: readonly number[]
}

interface Selecting {
  scheduler: SchedulerConnection
  job: JobKey
  instances?: InstanceSet
  /** Instances whose tasks are others are left alone. */
  meant?: MeantTasks
  options: KillOptions
}

/** Finds which of the requested instances are active (reference/commands.md §5.3, steps 2 and 3). */
export const selectActive = step<Selecting, Selection>({
  name: 'select instances',
  async run({scheduler, job, instances, meant, options}, io) {
    const all = await queryTasks(scheduler, job, {statuses: [...ACTIVE_STATES]}, {exitCode: ExitCode.invalidParameter})
    const foreign = meant ? await restarted(scheduler, job, all, meant) : []
    if (foreign.length > 0) io.warn(`Started anew since, left alone: ${idList(foreign)}`)
    const tasks = all.filter(({assignedTask}) => !foreign.includes(assignedTask.instanceId))
    const states = statesOf(tasks)
    const missing = (instances ?? []).filter((id) => !states.has(id))
    if (options.strict && missing.length > 0) {
      throw new UserError(`Invalid instance parameter: ${idList(missing)}`, {
        code: 'instances.not-active',
        remedy: `See 'aurora job status ${formatJobKey(job)}' for the active ones, or leave out --strict.`,
      })
    }
    const selected = instanceSet(instances ? instances.filter((id) => states.has(id)) : states.keys())
    if (!selected) io.warn(`No tasks to kill found for job ${formatJobKey(job)}`)
    else if (missing.length > 0) io.warn(`Not active, left alone: ${idList(missing)}`)
    const ours = tasks.filter(({assignedTask}) => selected?.includes(assignedTask.instanceId))
    return {
      selected,
      states,
      warnings: instances && tasks.some(hasSla) ? ['WARNING: Killing instances without updating SlaPolicy.'] : [],
      ours: Object.fromEntries(ours.map(({assignedTask}) => [assignedTask.instanceId, assignedTask.taskId])),
      foreign: [],
    }
  },
  // Those that are killed already are active no longer, and must not be missing when the run goes on.
  memo: {
    save: ({selected, warnings, ours, foreign}) => ({
      selected: [...(selected ?? [])],
      warnings: [...warnings],
      ours: {...ours},
      foreign: [...foreign],
    }),
    async restore(saved, {scheduler, job}, io) {
      const {selected, warnings, ours, foreign: known} = saved as unknown as Omit<Selection, 'selected' | 'states'> & {selected: number[]}
      const active = await queryTasks(scheduler, job, {statuses: [...ACTIVE_STATES]}, {exitCode: ExitCode.invalidParameter})
      const anew = (await restarted(scheduler, job, active, ours)).filter((id) => selected.includes(id))
      const foreign = [...new Set([...known, ...anew])].toSorted((a, b) => a - b)
      if (foreign.length > 0) io.warn(`Started anew since the run was begun, left alone: ${idList(foreign)}`)
      return {selected: instanceSet(selected), states: statesOf(active), warnings, ours, foreign}
    },
  },
})

/** Instances with an active task that was not meant. */
async function restarted(
  scheduler: SchedulerConnection,
  job: JobKey,
  active: readonly ScheduledTask[],
  meant: MeantTasks,
): Promise<readonly number[]> {
  const others = active.filter(({assignedTask}) => meant[assignedTask.instanceId] !== assignedTask.taskId)
  if (others.length === 0) return []
  // Only those that have ended tell whether the scheduler itself put another in the place of a meant one.
  const ours = new Set(meantAmong(await queryTasks(scheduler, job), meant).map(({assignedTask}) => assignedTask.taskId))
  return others.flatMap(({assignedTask}) => (ours.has(assignedTask.taskId) ? [] : [assignedTask.instanceId]))
}

function statesOf(tasks: readonly ScheduledTask[]): ReadonlyMap<number, ScheduleStatus> {
  return new Map(tasks.map(({assignedTask, status}) => [assignedTask.instanceId, status]))
}

function hasSla({assignedTask}: ScheduledTask): boolean {
  const policy = assignedTask.task.slaPolicy
  return policy?.countSlaPolicy !== undefined || policy?.percentageSlaPolicy !== undefined
}
