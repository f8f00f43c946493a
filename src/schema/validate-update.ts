import type {Rule} from './rule.ts'
import {isDedicated} from './validate-ports.ts'

const PATH = 'update_config.max_total_failures'

/** The failures that an update may have fit the number of instances (reference/config-dsl.md §8). */
export const UPDATE_FAILURES: Rule = {
  reads: ['instances', PATH, 'constraints'],
  *judge(job) {
    const {instances, update_config: config} = job
    const failures = config.max_total_failures
    if (instances <= 0 && failures >= instances) {
      yield {path: 'instances', message: `Invalid value (${instances}) specified for instances. A job has at least one.`}
    } else if (failures >= instances) {
      const message = 'max_total_failures in update_config must be lesser than the job size.'
      yield {path: PATH, message, hint: `Based on your job size (${instances}) you should use max_total_failures <= ${instances - 1}.`}
    }
    const least = Math.floor(instances * 0.02)
    if (isDedicated(job) && failures < least) {
      const message =
        'Since this is a dedicated job, you must set your max_total_failures in your update configuration to no less than 2% of your job size.'
      yield {path: PATH, message, hint: `Based on your job size (${instances}) you should use max_total_failures >= ${least}.`}
    }
  },
}
