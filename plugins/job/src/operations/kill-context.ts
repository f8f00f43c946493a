import type {ConfigRequest, InstanceSet, JobKey, KillOptions, MeantTasks, Services} from '@auroractl/cli'

export interface KillInput {
  services: Services
  job: JobKey
  /** None means the whole job. */
  instances?: InstanceSet
  /** The tasks of those instances; what has been started anew in their place is left alone. */
  meant?: MeantTasks
  /** The file whose job the hooks see. */
  configuration?: ConfigRequest
  options: KillOptions
}

export interface KillResult {
  job: string
  /** The job's page. */
  url: string
  /** The instances that were killed, in their order. */
  killed: readonly number[]
  /** What a person should have thought of, for stdout. */
  warnings: readonly string[]
  /** What was done, a line a batch, for stdout. */
  notices: readonly string[]
}
