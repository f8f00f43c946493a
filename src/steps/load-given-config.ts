import type {ConfigHooks} from '../config/config-hooks.ts'
import type {JobKey} from '../model/job-key.ts'
import {step} from '../operation/step.ts'
import type {Job} from '../schema/job.ts'
import {loadJob} from './load-job.ts'
import type {ConfigRequest, Services} from './services.ts'

/** Loads the job from the configuration file that came with the command, for its hooks; without one there is none. */
export const loadGivenConfig = step<
  {services: Services; job: JobKey; configuration?: ConfigRequest},
  {config: Job | undefined; configHooks: ConfigHooks | undefined}
>({
  name: 'load configuration',
  async run({services, job, configuration}, io) {
    return configuration ? loadJob.run({services, job, configuration}, io) : {config: undefined, configHooks: undefined}
  },
})
