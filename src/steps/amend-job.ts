import {UserError} from '../model/errors.ts'
import type {GetTierConfigResult} from '../model/gen/types.ts'
import type {Job} from '../schema/job.ts'
import type {Plain} from '../schema/types.ts'
import type {JobOfFile} from './load-job.ts'

/** What of a job's configuration an amend hook can have changed. */
export type AmendableJob = Pick<JobOfFile, 'loaded' | 'config' | 'configHooks' | 'origin'> & {tiers?: GetTierConfigResult | undefined}

/** The key is what the user named, and what the hooks were chosen by. */
const KEY: readonly string[] = ['cluster', 'role', 'environment', 'name']

/**
 * The job with what a hook wants of it: a partial job, which is typed and checked as if the configuration file said so.
 * @throws UserError with the path of what is wrong
 */
export async function amendJob(
  {loaded, origin, config, configHooks, tiers}: AmendableJob,
  changes: unknown,
): Promise<Pick<JobOfFile, 'loaded' | 'config' | 'configHooks'>> {
  const [{amendRecord}, {selectJob}, {withTier}, {SchemaError}] = await Promise.all([
    import('../schema/amend-record.ts'),
    import('../config/select.ts'),
    import('../schema/tier.ts'),
    import('../schema/schema-error.ts'),
  ])
  if (!isTable(changes)) throw refuse('config must be an object with the fields of the job that are to be different')
  const taken = Object.keys(changes).find((field) => KEY.includes(field))
  if (taken !== undefined) throw refuse(`config.${taken}: a hook cannot make it another job`)
  if (Object.hasOwn(changes, 'enable_hooks')) throw refuse('config.enable_hooks: a hook cannot say whether others run')
  const record = loaded.jobs[origin.index]
  if (!record) throw new RangeError(`there is no job ${origin.index}`)
  try {
    const amended = {...loaded, jobs: loaded.jobs.with(origin.index, amendRecord(record, changes))}
    const job = selectJob(amended, origin.index, origin.bindings)
    if (KEY.some((field) => job[field as keyof Job] !== config[field as keyof Job])) throw refuse('a hook cannot make it another job')
    const sent = tiers ? withTier(job, tiers) : job
    return {loaded: amended, config: sent, configHooks: configHooks && {...configHooks, job: sent}}
  } catch (error) {
    if (error instanceof SchemaError) throw refuse(`config.${error.message}`)
    throw error
  }
}

function refuse(message: string): UserError {
  return new UserError(message, {code: 'hook.amendment'})
}

function isTable(value: unknown): value is {readonly [name: string]: Plain} {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
