import {
  awaitCreated,
  type ConfigRequest,
  createOnScheduler,
  ExitCode,
  formatJobKey,
  type HookContext,
  type JobKey,
  type JsonObject,
  loadClusterJob,
  operation,
  rememberTasks,
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
    if (config.cron_schedule !== undefined) {
      throw new UserError('Cron jobs may only be scheduled with "aurora cron schedule" command', {
        code: 'job.is-cron',
        exitCode: ExitCode.commandFailure,
      })
    }
    return {}
  },
})

/** Creates a job from its configuration and waits for its tasks (reference/commands.md §5.1). */
export const createJob = operation<'job.create', CreateInput>('job.create')
  .read(loadClusterJob)
  .read(refuseCron)
  .read(rememberTasks)
  .hooks(({job, config, configuration, waitUntil}) => ({
    job,
    config: config as unknown as JsonObject,
    options: {waitUntil, file: configuration.file, bindings: configuration.bindings.map(([name, value]) => `${name}=${value}`)},
  }))
  .act(createOnScheduler)
  .act(awaitCreated)
  .returns(({job, url, tasks}): CreateResult => ({
    job: formatJobKey(job),
    url,
    tasks: tasks.map(({assignedTask, status}) => ({instance: assignedTask.instanceId, status})),
  }))

declare module '@auroractl/cli' {
  interface Operations {
    'job.create': HookContext & {job: JobKey; config: Job}
  }
}
