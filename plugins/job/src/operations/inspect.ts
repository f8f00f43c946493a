import {type ConfigRequest, type HookContext, type JobKey, loadJob, operation, type Services, step} from '@auroractl/cli'
import type {Job} from '@auroractl/cli/schema'

export interface InspectInput {
  services: Services
  job: JobKey
  configuration: ConfigRequest
}

/** Only the cluster knows its tiers, and nobody asks it here (reference/surprises.md 13). */
const tellOfTier = step<{job: JobKey; config: Job}>({
  name: 'tell of the tier',
  run({job, config}, io) {
    if (config.tier === undefined) io.info(`The tier is not resolved: ${job.cluster} is not asked, and chooses it when the job is sent.`)
    return {}
  },
})

/** The job as its configuration file describes it. Asks no scheduler. */
export const inspectJobFile = operation<'job.inspect', InspectInput>('job.inspect')
  .read(loadJob)
  .read(tellOfTier)
  .returns(({config, services}) => ({config, user: services.user}))

declare module '@auroractl/cli' {
  interface Operations {
    'job.inspect': HookContext & {config: Job}
  }
}
