import type {ConfigRequest, InstanceSet, JobKey, Services} from '@auroractl/cli'

export interface KillOptions {
  /** How many instances are killed at once; at least 1. */
  batchSize: number
  /** How many instances may be late before the kill is given up. */
  maxTotalFailures: number
  /** False: one call for all. */
  batching: boolean
  /** Instances that are not active are an error. */
  strict: boolean
  /** Why, for the tasks' events. */
  message?: string
  /** How long to wait for a batch to end. */
  limitMs: number
}

export interface KillInput {
  services: Services
  job: JobKey
  /** None means the whole job. */
  instances?: InstanceSet
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

/** How the client has always printed a list of instances. */
export function idList(ids: Iterable<number>): string {
  return `[${[...ids].join(', ')}]`
}
