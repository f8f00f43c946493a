import {
  type ConfigRequest,
  type HookContext,
  type JobKey,
  type JobPattern,
  loadMatching,
  operation,
  type Services,
  step,
} from '@auroractl/cli'
import type {Job} from '@auroractl/cli/schema'

export interface InspectInput {
  services: Services
  /** A job key, or a pattern. */
  wanted: JobPattern
  configuration: ConfigRequest
}

/** Only the cluster knows its tiers, and nobody asks it here (reference/surprises.md 13). */
const tellOfTier = step<{configs: readonly Job[]}>({
  name: 'tell of the tier',
  run({configs}, io) {
    const clusters = new Set(configs.flatMap(({tier, cluster}) => (tier === undefined ? [cluster] : [])))
    for (const cluster of clusters) io.info(`The tier is not resolved: ${cluster} is not asked, and chooses it when the job is sent.`)
    return {}
  },
})

/** Jobs as their configuration file describes them. Asks no scheduler. */
export const inspectJobFile = operation<'job.inspect', InspectInput>('job.inspect')
  .read(loadMatching)
  .read(tellOfTier)
  .returns(({configs, services}) => ({configs, user: services.user}))

declare module '@auroractl/cli' {
  interface Operations {
    'job.inspect': HookContext & {job: JobKey; config: Job}
  }
}
