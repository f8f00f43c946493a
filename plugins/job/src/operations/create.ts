import {
  amendJob,
  awaitCreated,
  type ConfigRequest,
  createOnScheduler,
  ExitCode,
  findPage,
  formatJobKey,
  type HookContext,
  type JobKey,
  type JsonObject,
  loadClusterJob,
  operation,
  rememberTasks,
  requireOk,
  type SchedulerConnection,
  type Services,
  step,
  UserError,
  type WaitUntil,
} from '@auroractl/cli'
import type {Job} from '@auroractl/cli/schema'

export interface CreateInput {
  services: Services
  job: JobKey
  configuration: ConfigRequest
  waitUntil: WaitUntil
  /** How long to wait for the tasks. */
  limitMs: number
}

export interface CreateResult {
  job: string
  /** The job's page. */
  url: string
  /** The instances and the states that they were last seen in. */
  tasks: readonly {instance: number; status: string}[]
}

const refuseCron = step<{config: Job}>({
  name: 'refuse cron',
  run({config}) {
    requireNoCron(config)
    return {}
  },
})

function requireNoCron({cron_schedule: schedule}: Job): void {
  if (schedule === undefined) return
  throw new UserError('Cron jobs may only be scheduled with "aurora cron schedule" command', {
    code: 'job.is-cron',
    exitCode: ExitCode.commandFailure,
  })
}

/** In a dry run: says what the scheduler would say. A real one leaves that to it, since only its word counts. */
const seeThatItIsNew = step<{scheduler: SchedulerConnection; job: JobKey}>({
  name: 'see that the job is new',
  async describe({scheduler, job}) {
    const response = await scheduler.api.getJobs(job.role)
    requireOk(response, {exitCode: ExitCode.commandFailure})
    const jobs = response.result?.getJobsResult?.configs ?? []
    if (!jobs.some(({key}) => key.environment === job.environment && key.name === job.name)) return []
    throw new UserError(`Job creation would fail: ${formatJobKey(job)} exists already`, {
      code: 'job.exists',
      exitCode: ExitCode.commandFailure,
      remedy: `See 'aurora job status ${formatJobKey(job)}', and 'aurora job diff' for what is different.`,
    })
  },
  run: () => ({}),
})

/** Creates a job from its configuration and waits for its tasks (reference/commands.md §5.1). */
export const createJob = operation<'job.create', CreateInput>('job.create')
  .read(loadClusterJob)
  .read(refuseCron)
  .read(findPage)
  .read(rememberTasks)
  .hooks(createView, {
    async config(context, changes) {
      const amended = await amendJob(context, changes)
      requireNoCron(amended.config)
      return amended
    },
  })
  .act(seeThatItIsNew)
  .act(createOnScheduler)
  .act(awaitCreated)
  .returns(({job, url, tasks}): CreateResult => ({
    job: formatJobKey(job),
    url,
    tasks: tasks.map(({assignedTask, status}) => ({instance: assignedTask.instanceId, status})),
  }))

function createView({job, config, configuration, waitUntil}: CreateInput & {config: Job}) {
  return {
    job,
    config: config as unknown as JsonObject,
    options: {waitUntil, file: configuration.file, bindings: configuration.bindings.map(([name, value]) => `${name}=${value}`)},
  }
}

declare module '@auroractl/cli' {
  interface Operations {
    'job.create': HookContext & {job: JobKey; config: Job}
  }
}
