import type {ConfigHooks} from '../config/config-hooks.ts'
import {ExitCode} from '../model/exit-code.ts'
import {formatJobKey, type JobKey} from '../model/job-key.ts'
import type {ApiCall} from '../operation/api-call.ts'
import {step} from '../operation/step.ts'
import type {SchedulerConnection} from '../scheduler/connect.ts'
import {requireOk, responseMessage} from '../scheduler/response.ts'
import type {Job} from '../schema/job.ts'
import {queryTasks} from './query-tasks.ts'
import type {Services} from './services.ts'

/** Sends `createJob` (reference/commands.md §5.1, step 3) and tells what the scheduler answered, and where the job's page is. */
export const createOnScheduler = step<{
  services: Services
  scheduler: SchedulerConnection
  job: JobKey
  url: string
  config: Job
  configHooks: ConfigHooks | undefined
  before: ReadonlySet<string>
}>({
  name: 'create job',
  async describe({services, job, config, configHooks}, io) {
    const [{toJobConfiguration}, {jobFacts}] = await Promise.all([import('../schema/convert.ts'), import('./job-facts.ts')])
    const difference = jobFacts(config, toJobConfiguration(config, {user: services.user}))
    const asked = await io.asked({method: 'create_job', hooks: configHooks})
    return [...asked, {text: `create ${formatJobKey(job)}`, call: 'createJob', target: formatJobKey(job), difference}]
  },
  async run({services, scheduler, job, url, config, configHooks, before}, io) {
    const {toJobConfiguration} = await import('../schema/convert.ts')
    const description = toJobConfiguration(config, {user: services.user})
    io.info(`Creating job ${job.name}`)
    const api: ApiCall = {method: 'create_job', hooks: configHooks}
    const message = await io.perform({
      api,
      kind: 'checkable',
      name: `job ${formatJobKey(job)} was created`,
      findOut: `aurora job status ${formatJobKey(job)}`,
      async call() {
        const answer = (api.response = await scheduler.api.createJob(description))
        requireOk(answer, {header: 'Job creation failed due to error:', exitCode: ExitCode.commandFailure})
        return responseMessage(answer)
      },
      // A new task of ours: the tasks of before prove nothing, and somebody else may have been faster.
      async check() {
        const tasks = await queryTasks(scheduler, job)
        const ours = tasks.some(({assignedTask}) => !before.has(assignedTask.taskId) && assignedTask.task.owner.user === services.user)
        return ours ? '' : undefined
      },
    })
    io.info(`Response from scheduler: OK (message: ${message})`)
    io.info(`Job url: ${url}`)
    return {}
  },
})
