import {formatJobKey, type HookContext, loadJob, operation} from '@auroractl/cli'
import {type GraphProcess, type Job, processGraph} from '@auroractl/cli/schema'
import {findOnlyJob, type JobOfFile} from '../steps/find-only-job.ts'

/** The processes of a job's task, and the order among them. */
export interface JobGraph {
  readonly job: string
  /** 0 is no limit. */
  readonly maxConcurrency: number
  readonly processes: readonly GraphProcess[]
}

/** In which order the processes of a job run. Asks no scheduler. */
export const graphJob = operation<'config.graph', JobOfFile>('config.graph')
  .read(findOnlyJob)
  .read(loadJob)
  .returns(({job, config}): JobGraph => {
    return {job: formatJobKey(job), maxConcurrency: config.task.max_concurrency, processes: processGraph(config.task)}
  })

declare module '@auroractl/cli' {
  interface Operations {
    'config.graph': HookContext & {config: Job}
  }
}
