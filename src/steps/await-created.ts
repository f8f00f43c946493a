import {SchedulerError} from '../model/errors.ts'
import {ExitCode} from '../model/exit-code.ts'
import type {ScheduledTask} from '../model/gen/types.ts'
import {formatJobKey, type JobKey} from '../model/job-key.ts'
import {LIVE_STATES, TERMINAL_STATES} from '../model/task-states.ts'
import {step} from '../operation/step.ts'
import type {SchedulerConnection} from '../scheduler/connect.ts'
import {awaitTasks} from './await-tasks.ts'
import {queryTasks} from './query-tasks.ts'

/** The states that `job create` can wait for, each with what counts as having reached it: a task that has run and ended has run. */
export const WAIT_UNTIL = {
  PENDING: () => true,
  RUNNING: ({status}: ScheduledTask) => LIVE_STATES.has(status) || TERMINAL_STATES.has(status),
  FINISHED: ({status}: ScheduledTask) => TERMINAL_STATES.has(status),
}
export type WaitUntil = keyof typeof WAIT_UNTIL

/** Waits for the new tasks, and sees that there are any (reference/commands.md §5.1, steps 5 and 6). */
export const awaitCreated = step<
  {scheduler: SchedulerConnection; job: JobKey; waitUntil: WaitUntil; limitMs: number; before: ReadonlySet<string>},
  {tasks: readonly ScheduledTask[]}
>({
  name: 'await tasks',
  async run({scheduler, job, waitUntil, limitMs, before}, io) {
    const key = formatJobKey(job)
    const among = (tasks: readonly ScheduledTask[]) => tasks.filter(({assignedTask}) => !before.has(assignedTask.taskId))
    if (waitUntil !== 'PENDING') {
      const {tasks, late} = await awaitTasks({scheduler, job, among, arrived: WAIT_UNTIL[waitUntil], goal: waitUntil, limitMs}, io)
      if (late.length > 0) {
        throw new SchedulerError(`Instances [${late.join(', ')}] of ${key} were not ${waitUntil} in time`, {
          code: 'create.late',
          exitCode: ExitCode.timeout,
          remedy: `The job is created. Look at it with 'aurora job status ${key}', or wait longer with --timeout.`,
        })
      }
      if (tasks.length > 0) {
        io.info(`Checking status of ${key}`)
        return {tasks}
      }
    }
    io.info(`Checking status of ${key}`)
    const tasks = among(await queryTasks(scheduler, job))
    if (tasks.length === 0) {
      throw new SchedulerError(`Error occurred while creating job ${key}`, {code: 'create.no-tasks', exitCode: ExitCode.commandFailure})
    }
    return {tasks}
  },
})
