import {ExecutorConfig, HealthCheckConfig, MesosJob, PartitionPolicy, UpdateConfig} from './definitions/aurora.ts'
import {Resources, Task} from './definitions/thermos.ts'
import type {Job} from './job.ts'
import type {Problem} from './problem.ts'
import type {Rule} from './rule.ts'
import type {StructType} from './types.ts'

/** The structs without whose defaults no job can be made. */
const STRUCTS: readonly (readonly [path: string, type: StructType])[] = [
  ['', MesosJob],
  ['task', Task],
  ['task.resources', Resources],
  ['update_config', UpdateConfig],
  ['health_check_config', HealthCheckConfig],
  ['executor_config', ExecutorConfig],
  ['partition_policy', PartitionPolicy],
]
/** Without them, there is no lifecycle, no health check and no metadata. */
const MAY_BE_UNSET = ['lifecycle', 'health_checker', 'metadata']
/** What a job itself does not need, but its updates. */
const OF_UPDATES = /^(?:update_config|health_check_config)\b/

/** What has a default was not unset with `Empty`. */
export const UNSET = unset(() => true)
/** The part of it without which a job cannot be sent at all. */
export const UNSET_IN_JOB = unset((path) => !OF_UPDATES.test(path))
/** The part of it without which it cannot be updated. */
export const UNSET_FOR_UPDATES = unset((path) => OF_UPDATES.test(path))

function unset(concerns: (path: string) => boolean): Rule {
  return {reads: [], judge: (job) => [...unsetIn(job)].filter(({path}) => concerns(path))}
}

function* unsetIn(job: Job): Generator<Problem> {
  for (const [path, type] of STRUCTS) {
    const struct =
      path === '' ? job : path.split('.').reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], job)
    if (struct === undefined) continue
    for (const {name, default: usual} of type.fields.values()) {
      if (usual === undefined || MAY_BE_UNSET.includes(name) || (struct as Record<string, unknown>)[name] !== undefined) continue
      yield {
        path: path === '' ? name : `${path}.${name}`,
        message: `${type.name}[${name}] cannot be Empty: leave it out, for its default.`,
      }
    }
  }
}
