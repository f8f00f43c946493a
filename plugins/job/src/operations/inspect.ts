import {type ConfigRequest, type HookContext, type JobKey, loadJob, operation, type Services} from '@auroractl/cli'
import type {Job} from '@auroractl/cli/schema'

export interface InspectInput {
  services: Services
  job: JobKey
  configuration: ConfigRequest
}

/** The job as its configuration file describes it. Asks no scheduler. */
export const inspectJobFile = operation<'job.inspect', InspectInput>('job.inspect')
  .read(loadJob)
  .returns(({config, services}) => ({config, user: services.user}))

declare module '@auroractl/cli' {
  interface Operations {
    'job.inspect': HookContext & {config: Job}
  }
}
