import {ExitCode, formatJobKey, type JobKey, type JobPattern, operation, queryTasks, type Services, step} from '@auroractl/cli'
import {ACTIVE_STATES} from '@auroractl/cli/thrift'
import type {JobTasks} from '../render/status.ts'
import {findKeys} from '../steps/find-keys.ts'

export interface StatusInput {
  services: Services
  pattern: JobPattern
}

const queryEach = step<{services: Services; keys: readonly JobKey[]}, {jobs: readonly JobTasks[]}>({
  name: 'query tasks',
  async run({services, keys}, io) {
    const clusters = await services.clusters()
    const jobs = await Promise.all(
      keys.map(async (key): Promise<JobTasks> => {
        const job = formatJobKey(key)
        io.info(`Checking status of ${job}`)
        const tasks = await queryTasks(services.connect(clusters.get(key.cluster)), key, {}, {exitCode: ExitCode.invalidParameter})
        if (tasks.length === 0) io.info(`No tasks were found for jobkey ${job}`)
        const isActive = (task: (typeof tasks)[number]) => ACTIVE_STATES.has(task.status)
        return {job, active: tasks.filter(isActive), inactive: tasks.filter((task) => !isActive(task))}
      }),
    )
    return {jobs: jobs.filter(({active, inactive}) => active.length + inactive.length > 0)}
  },
})

/** The tasks of the jobs that a pattern matches, active and inactive; jobs without tasks are left out. */
export const jobStatus = operation<'job.status', StatusInput>('job.status')
  .read(findKeys)
  .read(queryEach)
  .returns(({jobs}) => jobs)

declare module '@auroractl/cli' {
  interface Operations {
    'job.status': {pattern: JobPattern}
  }
}
