import {
  findPage,
  formatJobKey,
  type HookContext,
  type JobKey,
  type InstanceSet,
  instanceSet,
  type JsonObject,
  killInstances,
  loadGivenConfig,
  operation,
  resolveScheduler,
  selectActive,
  UserError,
} from '@auroractl/cli'
import type {Job} from '@auroractl/cli/schema'
import type {KillInput, KillResult} from './kill-context.ts'

/** Kills instances of a job, or all of them. Asks its hooks with the instances that will be killed. */
export const killJob = operation<'job.kill', KillInput>('job.kill')
  .read(loadGivenConfig)
  .read(resolveScheduler)
  .read(findPage)
  .read(selectActive)
  .hooks(killView, {
    instances({selected}, value) {
      const fewer = fewerInstances(selected, value)
      return {selected: fewer, instances: fewer}
    },
  })
  .act(killInstances)
  .returns(({job, url, killed, warnings, notices}): KillResult => ({job: formatJobKey(job), url, killed, warnings, notices}))

/** What a hook leaves of the instances: it may protect some, not add others that nobody named. @throws UserError */
export function fewerInstances(selected: InstanceSet | undefined, value: unknown): InstanceSet {
  const ids = Array.isArray(value) && value.every((id) => Number.isInteger(id)) ? (value as number[]) : undefined
  const fewer = ids && instanceSet(ids)
  if (fewer?.every((id) => selected?.includes(id))) return fewer
  throw new UserError('instances must be a part of the selected ones, and not none of them', {code: 'hook.amendment'})
}

/** What hooks see: the instances are those that will be killed, or those that were asked for when none of them is active. */
export function killView({
  job,
  config,
  instances,
  selected,
  options,
}: Pick<KillInput, 'job' | 'instances' | 'options'> & {config: Job | undefined; selected: InstanceSet | undefined}) {
  const {batchSize, maxTotalFailures, batching, strict, message, limitMs} = options
  return {
    job,
    options: {batchSize, maxTotalFailures, batching, strict, limitMs, ...(message === undefined ? {} : {message})},
    instances: [...(selected ?? instances ?? [])],
    ...(config ? {config: config as unknown as JsonObject} : {}),
  }
}

declare module '@auroractl/cli' {
  interface Operations {
    'job.kill': HookContext & {job: JobKey; instances: number[]}
  }
}
