import {type JobKey, parseJobKey, requireOk, SchedulerError, type Services, step, UserError} from '@auroractl/cli'
import type {JobSummary} from '@auroractl/cli/thrift'
import type {FileJob} from './list-jobs.ts'

/** A job of the file, as its scheduler knows it. */
export interface RegisteredJob {
  /** `cluster/role/env/name`. */
  readonly job: string
  /** How many instances the file wants. */
  readonly instances?: number
  /**
   * `active`: it has instances that run or are going to; `cron`: it waits for its time; `ended`: all that is left are instances that have ended;
   * `absent`: the scheduler knows nothing of it; `unknown`: the scheduler could not be asked.
   */
  readonly state: 'active' | 'cron' | 'ended' | 'absent' | 'unknown'
  /** Instances that have a host. */
  readonly active: number
  /** Instances that wait for one. */
  readonly pending: number
  readonly cronSchedule?: string
  /** When it runs next, ISO 8601. */
  readonly nextRun?: string
  /** Why nothing is known. */
  readonly error?: string
}

/** One question for each role of each cluster, all at once; who does not answer hides nobody else. */
export const askSchedulers = step<{services: Services; jobs: readonly FileJob[]}, {registered: readonly RegisteredJob[]}>({
  name: 'ask schedulers',
  async run({services, jobs}, io) {
    const answers = new Map<string, Promise<readonly JobSummary[]>>()
    const registered = await Promise.all(
      jobs.map(async ({key, instances}): Promise<RegisteredJob> => {
        const wanted = {job: key, ...(instances === undefined ? {} : {instances})}
        try {
          const {cluster, role, environment, name} = parseJobKey(key)
          const summaries = await once(answers, `${cluster}/${role}`, () => summariesOf(services, {cluster, role}))
          return {...wanted, ...known(summaries.find(({job}) => job.key.environment === environment && job.key.name === name))}
        } catch (error) {
          if (!(error instanceof UserError) && !(error instanceof SchedulerError)) throw error
          return {...wanted, state: 'unknown', active: 0, pending: 0, error: error.message}
        }
      }),
    )
    for (const error of new Set(registered.flatMap((each) => each.error ?? []))) io.warn(error)
    return {registered}
  },
})

function once<Value>(known: Map<string, Promise<Value>>, key: string, make: () => Promise<Value>): Promise<Value> {
  const made = known.get(key) ?? make()
  known.set(key, made)
  return made
}

async function summariesOf(services: Services, {cluster, role}: Pick<JobKey, 'cluster' | 'role'>): Promise<readonly JobSummary[]> {
  const {api} = services.connect((await services.clusters()).get(cluster))
  const response = await api.getJobSummary(role)
  requireOk(response)
  return response.result?.jobSummaryResult?.summaries ?? []
}

function known(summary: JobSummary | undefined): Omit<RegisteredJob, 'job' | 'instances'> {
  if (!summary) return {state: 'absent', active: 0, pending: 0}
  const {job, stats, nextCronRunMs} = summary
  const cron = job.cronSchedule !== undefined
  const [active, pending] = [stats.activeTaskCount, stats.pendingTaskCount]
  return {
    state: active + pending > 0 ? 'active' : cron ? 'cron' : 'ended',
    active,
    pending,
    ...(cron ? {cronSchedule: job.cronSchedule} : {}),
    ...(nextCronRunMs === undefined ? {} : {nextRun: new Date(Number(nextCronRunMs)).toISOString()}),
  }
}
