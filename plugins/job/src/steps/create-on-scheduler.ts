import {
  ExitCode,
  formatJobKey,
  type JobKey,
  queryTasks,
  requireOk,
  responseMessage,
  type SchedulerConnection,
  type Services,
  step,
} from '@auroractl/cli'
import {type Job, toJobConfiguration} from '@auroractl/cli/schema'
import type {Response} from '@auroractl/cli/thrift'

/** Sends `createJob` (reference/commands.md §5.1, step 3) and tells what the scheduler answered, and where the job's page is. */
export const createOnScheduler = step<{services: Services; scheduler: SchedulerConnection; job: JobKey; config: Job}, {url: string}>({
  name: 'create job',
  describe: ({job, config}) => [
    `create ${formatJobKey(job)} with ${config.instances} ${config.instances === 1 ? 'instance' : 'instances'}`,
  ],
  async run({services, scheduler, job, config}, io) {
    const description = toJobConfiguration(config, {user: services.user})
    io.info(`Creating job ${job.name}`)
    const response = await io.perform<Response>({
      kind: 'checkable',
      name: `create job ${formatJobKey(job)}`,
      findOut: `aurora job status ${formatJobKey(job)}`,
      async call() {
        const answer = await scheduler.api.createJob(description)
        requireOk(answer, {header: 'Job creation failed due to error:', exitCode: ExitCode.commandFailure})
        return answer
      },
      // Nobody else's job: had it been there before, the scheduler would have refused ours.
      async check() {
        const tasks = await queryTasks(scheduler, job)
        return tasks.length > 0 ? {responseCode: 'OK', details: []} : undefined
      },
    })
    const url = (await scheduler.jobUrl(job)).href
    io.info(`Response from scheduler: OK (message: ${responseMessage(response)})`)
    io.info(`Job url: ${url}`)
    return {url}
  },
})
