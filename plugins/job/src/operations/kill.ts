import {
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
  .read(selectActive)
  .hooks(killView, {
    /** Only fewer: a hook may protect instances, not add some that nobody named. */
    instances({selected}, value) {
      const ids = Array.isArray(value) && value.every((id) => Number.isInteger(id)) ? (value as number[]) : undefined
      const fewer = ids && instanceSet(ids)
      if (!fewer || !fewer.every((id) => selected?.includes(id))) {
        throw new UserError('instances must be a part of the selected ones, and not none of them', {code: 'hook.amendment'})
      }
      return {selected: fewer, instances: fewer}
    },
  })
  .act(killInstances)
  .returns(({job, url, killed, warnings, notices}): KillResult => ({job: formatJobKey(job), url, killed, warnings, notices}))

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
