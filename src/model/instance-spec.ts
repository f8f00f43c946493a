import {UserError} from './errors.ts'
import {ExitCode} from './exit-code.ts'
import {formatInstances, type InstanceSet, parseInstances} from './instances.ts'
import {formatJobKey, type JobKey, parseJobKey} from './job-key.ts'

/** `cluster/role/env/name[/instances]`; without instances it means the whole job. */
export interface InstanceSpec {
  job: JobKey
  instances?: InstanceSet
}

/** @throws UserError (exit 2); an empty fifth part is one, it does not mean "everything" (reference/surprises.md 2). */
export function parseInstanceSpec(text: string): InstanceSpec {
  const parts = text.split('/')
  if (parts.length < 4 || parts.length > 5) {
    throw new UserError(`Instance specifier must be a CLUSTER/ROLE/ENV/JOB/INSTANCES tuple, not '${text}'`, {
      code: 'instance-spec.malformed',
      exitCode: ExitCode.usage,
      remedy: 'For example devcluster/www-data/prod/hello/0-3, or devcluster/www-data/prod/hello for the whole job.',
    })
  }
  const job = parseJobKey(parts.slice(0, 4).join('/'))
  const list = parts[4]
  return list === undefined ? {job} : {job, instances: parseInstances(list)}
}

export function formatInstanceSpec({job, instances}: InstanceSpec): string {
  return instances ? `${formatJobKey(job)}/${formatInstances(instances)}` : formatJobKey(job)
}
