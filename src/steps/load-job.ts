import type {LoadedConfig} from '../config/load.ts'
import {problemText} from '../config/problem-text.ts'
import {selectJob} from '../config/select.ts'
import {ExitCode} from '../model/exit-code.ts'
import type {JobKey} from '../model/job-key.ts'
import {step} from '../operation/step.ts'
import type {Job} from '../schema/job.ts'
import {loading} from './loading.ts'
import type {ConfigRequest, Services} from './services.ts'

export interface JobFromFile {
  services: Services
  job: JobKey
  configuration: ConfigRequest
}

/** Evaluates the configuration file and takes the job with the given key out of it, checked. @throws UserError (exit 3). */
export const loadJob = step<JobFromFile, {loaded: LoadedConfig; config: Job}>({
  name: 'load configuration',
  async run({services, job, configuration}, io) {
    const load = async () => {
      const loaded = await services.loadConfig(configuration)
      const config = selectJob(loaded, job, configuration.bindings, {
        onWarning: (problem) => io.warn(problemText(problem, loaded.file)),
      })
      return {loaded, config}
    }
    return loading(load, 'Error loading configuration:', ExitCode.invalidConfiguration)
  },
})
