import type {JobUpdateRequest, Range, TaskConfig} from '../model/gen/types.ts'
import {toJobConfiguration} from './convert.ts'
import type {Job} from './job.ts'
import {reuseExecutorData} from './same-data.ts'
import {toUpdateSettings} from './update.ts'

export interface UpdateRequestOptions {
  /** The person who sends the request, by the operating system. */
  user: string
  /** The instances that the update is limited to; none means all. */
  only?: readonly Range[]
  /** The configurations that the job's active tasks have. */
  running: readonly TaskConfig[]
}

/** The request to turn the running job into this one (reference/config-dsl.md §11). @throws UserError (exit 3) */
export function toJobUpdateRequest(job: Job, {user, only = [], running}: UpdateRequestOptions): JobUpdateRequest {
  const {taskConfig, instanceCount} = toJobConfiguration(job, {user})
  return {
    taskConfig: reuseExecutorData(taskConfig, running),
    instanceCount,
    settings: toUpdateSettings(job.update_config, only),
    metadata: [],
  }
}
