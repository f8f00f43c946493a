import type {JobKey} from '../model/job-key.ts'
import {step} from '../operation/step.ts'
import type {SchedulerConnection} from '../scheduler/connect.ts'

/** Where the job's page is, for a person. */
export const findPage = step<{scheduler: SchedulerConnection; job: JobKey}, {url: string}>({
  name: 'find page',
  run: async ({scheduler, job}) => ({url: (await scheduler.jobUrl(job)).href}),
})
