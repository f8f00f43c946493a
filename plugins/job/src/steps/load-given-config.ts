import {type ConfigRequest, type JobKey, loadJob, type Services, step} from '@auroractl/cli'
import type {Job} from '@auroractl/cli/schema'

/** Loads the job from the configuration file that came with the command, for its hooks; without one there is none. */
export const loadGivenConfig = step<{services: Services; job: JobKey; configuration?: ConfigRequest}, {config: Job | undefined}>({
  name: 'load configuration',
  async run({services, job, configuration}, io) {
    return configuration ? loadJob.run({services, job, configuration}, io) : {config: undefined}
  },
})
