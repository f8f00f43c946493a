import type {ExitCode} from '../model/exit-code.ts'
import type {ScheduledTask, ScheduleStatus} from '../model/gen/types.ts'
import type {InstanceSet} from '../model/instances.ts'
import type {JobKey} from '../model/job-key.ts'
import type {SchedulerConnection} from '../scheduler/connect.ts'
import {requireOk} from '../scheduler/response.ts'

export interface TaskSelection {
  /** None means all. */
  instances?: InstanceSet | undefined
  /** None means any. */
  statuses?: readonly ScheduleStatus[]
}

/** The job's tasks, without their executor data, ascending by instance. @throws SchedulerError. */
export async function queryTasks(
  scheduler: SchedulerConnection,
  job: JobKey,
  {instances, statuses}: TaskSelection = {},
  failure?: {header?: string; exitCode?: ExitCode},
): Promise<readonly ScheduledTask[]> {
  const response = await scheduler.api.getTasksWithoutConfigs({
    role: job.role,
    environment: job.environment,
    jobName: job.name,
    ...(instances ? {instanceIds: instances} : {}),
    ...(statuses ? {statuses} : {}),
  })
  requireOk(response, failure)
  const tasks = response.result?.scheduleStatusResult?.tasks ?? []
  return tasks.toSorted((a, b) => a.assignedTask.instanceId - b.assignedTask.instanceId)
}
