import {formatJobKey, type HookContext, instanceSet, type JsonObject, operation, resolveScheduler, UserError} from '@auroractl/cli'
import {killSelected} from '../steps/kill-selected.ts'
import {loadGivenConfig} from '../steps/load-given-config.ts'
import {selectActive} from '../steps/select-active.ts'
import type {KillInput, KillOptions, KillResult} from './kill-context.ts'

/** Kills instances of a job, or all of them. Asks its hooks with the instances that will be killed. */
export const killJob = operation<'job.kill', KillInput>('job.kill')
  .read(loadGivenConfig)
  .read(resolveScheduler)
  .read(selectActive)
  .hooks(
    ({job, config, instances, selected, options}) => ({
      job,
      options: optionsView(options),
      instances: [...(selected ?? instances ?? [])],
      ...(config ? {config: config as unknown as JsonObject} : {}),
    }),
    {
      /** Only fewer: a hook may protect instances, not add some that nobody named. */
      instances({selected}, value) {
        const ids = Array.isArray(value) && value.every((id) => Number.isInteger(id)) ? (value as number[]) : undefined
        const fewer = ids && instanceSet(ids)
        if (!fewer || !fewer.every((id) => selected?.includes(id))) {
          throw new UserError('instances must be a part of the selected ones, and not none of them', {code: 'hook.amendment'})
        }
        return {selected: fewer, instances: fewer}
      },
    },
  )
  .act(killSelected)
  .returns(({job, url, killed, notices, told}): KillResult => ({job: formatJobKey(job), url, killed, notices: [...notices, ...told]}))

export function optionsView(options: KillOptions): JsonObject {
  const {batchSize, maxTotalFailures, batching, strict, message, limitMs} = options
  return {batchSize, maxTotalFailures, batching, strict, limitMs, ...(message === undefined ? {} : {message})}
}

declare module '@auroractl/cli' {
  interface Operations {
    'job.kill': HookContext & {instances: number[]}
  }
}
