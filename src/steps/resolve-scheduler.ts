import type {JobKey} from '../model/job-key.ts'
import {step} from '../operation/step.ts'
import type {SchedulerConnection} from '../scheduler/connect.ts'
import type {Services} from './services.ts'

/** Finds the cluster of the job's key and connects to its scheduler. @throws UserError (exit 3) for an unknown cluster. */
export const resolveScheduler = step<{services: Services; job: JobKey}, {scheduler: SchedulerConnection}>({
  name: 'resolve scheduler',
  async run({services, job}) {
    const clusters = await services.clusters()
    return {scheduler: services.connect(clusters.get(job.cluster))}
  },
})
