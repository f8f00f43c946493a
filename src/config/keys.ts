import type {UserError} from '../model/errors.ts'
import {type Binding, type JobRecord, bindJob} from '../schema/job.ts'
import {recordKey} from '../schema/record-key.ts'
import {fieldText} from '../schema/requirements.ts'
import {SchemaError} from '../schema/schema-error.ts'
import type {LoadedConfig} from './load.ts'
import {refused} from './refused.ts'

/** The keys of the jobs that a configuration defines, in its order, as far as their parts are set. @throws UserError (exit 3) */
export function listJobs(config: LoadedConfig, bindings: readonly Binding[] = []): string[] {
  if (config.jobs.length === 0) throw noJobs()
  return config.jobs.map((record) => recordKey(bound(record, bindings)))
}

/** What to say of a configuration without jobs. */
export function noJobs(): UserError {
  return refused(
    'No job defined in this config!',
    'config.no-jobs',
    'A job counts when it is in the list that the file calls jobs, or exports.',
  )
}

/** How many instances each of those jobs wants, as far as it is a number. @throws UserError (exit 3) */
export function listInstances(config: LoadedConfig, bindings: readonly Binding[] = []): (number | undefined)[] {
  return config.jobs.map((record) => {
    const text = fieldText(bound(record, bindings), 'instances')
    return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined
  })
}

function bound(record: JobRecord, bindings: readonly Binding[]): JobRecord {
  try {
    return bindJob(record, bindings)
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error
    throw refused(`A binding has no proper name: ${error.message}`, 'config.binding')
  }
}
