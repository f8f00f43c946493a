import type {JobConfiguration, JobKey, TaskConfig} from '@auroractl/cli/thrift'
import {invalid} from './answer.ts'
import {populate} from './populate.ts'
import {ENVIRONMENTS} from './settings.ts'
import {type Job, jobPath} from './task.ts'
import {validateSla} from './validate-sla.ts'
import {isIdentifier, validateTask} from './validate-task.ts'

/** A job whose every part is checked and filled in. */
export interface ValidJob {
  job: Job
  config: TaskConfig
  instanceCount: number
  cronSchedule?: string
}

/** @throws Refusal with the scheduler's own words (reference/thrift-api.md §6) */
export function validateJob(description: JobConfiguration | undefined): ValidJob {
  const {taskConfig, instanceCount = 0, owner, cronSchedule} = description ?? {}
  if (!taskConfig) throw invalid('Job configuration must have taskConfig set.')
  if (instanceCount <= 0) throw invalid('Instance count must be positive.')
  const job = validKey(description?.key)
  if (!ENVIRONMENTS.test(job.environment)) throw invalid(`Job environment ${job.environment} doesn't match: ${ENVIRONMENTS.source}`)
  if (owner && !isIdentifier(owner.user)) throw invalid(`Job user contains illegal characters: ${String(owner.user)}`)
  validateTask(taskConfig)
  if (jobPath(job) !== jobPath(validKey(taskConfig.job))) throw invalid('Job key in job and task configuration must match.')
  validateSla(taskConfig, instanceCount)
  if (cronSchedule && taskConfig.isService) throw invalid(`A service task may not be run on a cron schedule: ${cronSchedule}`)
  return {job, config: populate(taskConfig), instanceCount, ...(cronSchedule ? {cronSchedule} : {})}
}

/** @throws Refusal */
export function validKey(key: JobKey | undefined): Job {
  const {role, environment, name} = key ?? {}
  if (!isIdentifier(role) || !isIdentifier(environment) || !isIdentifier(name)) {
    throw invalid(`Job key ${role ?? ''}/${environment ?? ''}/${name ?? ''} is invalid.`)
  }
  return {role, environment, name}
}
