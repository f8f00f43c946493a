import {ACTIVE_STATES, type JobConfiguration} from '@auroractl/cli/thrift'
import {type Answer, invalid, ok} from '../answer.ts'
import type {Draft} from '../draft.ts'
import {insertPending} from '../machine.ts'
import {LIMITS} from '../settings.ts'
import {tasksOf} from '../state.ts'
import {jobPath} from '../task.ts'
import {validateJob} from '../validate-job.ts'

export function createJob(draft: Draft, description: JobConfiguration | undefined): Answer {
  const {job, config, instanceCount, cronSchedule} = validateJob(description)
  if (cronSchedule) throw invalid('Cron jobs may only be created/updated by calling scheduleCronJob.')
  if (tasksOf(draft.state, job).some(({status}) => ACTIVE_STATES.has(status))) throw invalid(`Job ${jobPath(job)} already exists`)
  checkCount(instanceCount)
  for (let id = 0; id < instanceCount; id++) insertPending(draft, job, id, config)
  return ok()
}

export function checkCount(instanceCount: number): void {
  if (instanceCount < 1 || instanceCount > LIMITS.tasksPerJob) {
    throw invalid(`Instance count must be between 1 and ${LIMITS.tasksPerJob} inclusive.`)
  }
}
