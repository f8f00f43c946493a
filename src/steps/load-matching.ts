import {isHelped} from '../config/binding-helpers.ts'
import {problemText} from '../config/problem-text.ts'
import type {SelectOptions} from '../config/select.ts'
import {ExitCode} from '../model/exit-code.ts'
import {type JobPattern, isWild} from '../model/job-pattern.ts'
import {step} from '../operation/step.ts'
import type {Job} from '../schema/job.ts'
import {loading} from './loading.ts'
import type {ConfigRequest, Services} from './services.ts'

/** Takes the jobs that a pattern matches out of a configuration file, or the one with a key, checked. Nobody is asked. @throws UserError (exit 3) */
export const loadMatching = step<{services: Services; wanted: JobPattern; configuration: ConfigRequest}, {configs: readonly Job[]}>({
  name: 'load configuration',
  async run({services, wanted, configuration}, io) {
    const load = async () => {
      const loaded = await services.loadConfig(configuration)
      const {selectJob, selectMatching} = await import('../config/select.ts')
      const options: SelectOptions = {
        boundLater: isHelped,
        onWarning: (problem) => io.warn(problemText(problem, loaded.file)),
      }
      const {bindings} = configuration
      return {configs: isWild(wanted) ? selectMatching(loaded, wanted, bindings, options) : [selectJob(loaded, wanted, bindings, options)]}
    }
    return loading(load, 'Error loading configuration:', ExitCode.invalidConfiguration)
  },
})
