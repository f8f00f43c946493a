import {type ConfigRequest, type HookContext, type InstanceSet, type JobKey, loadClusterJob, operation, type Services} from '@auroractl/cli'
import type {Job} from '@auroractl/cli/schema'
import {compareWithRunning} from '../steps/compare-with-running.ts'

export interface DiffInput {
  services: Services
  job: JobKey
  /** The instances that are compared; none means all. */
  instances: InstanceSet | undefined
  configuration: ConfigRequest
  /** Another job whose tasks are compared with. */
  from: JobKey | undefined
}

/** How a configured job differs from what runs (reference/commands.md §5.8). */
export const diffJob = operation<'job.diff', DiffInput>('job.diff')
  .read(loadClusterJob)
  .read(compareWithRunning)
  .returns(({difference}) => difference)

declare module '@auroractl/cli' {
  interface Operations {
    'job.diff': HookContext & {job: JobKey; config: Job}
  }
}
