import type {JobKey} from '../model/job-key.ts'
import {step} from '../operation/step.ts'
import type {SchedulerConnection} from '../scheduler/connect.ts'
import {queryTasks} from './query-tasks.ts'

/** Remembers the tasks that the job has from before, ended ones too, so that they are not taken for new ones. */
export const rememberTasks = step<{scheduler: SchedulerConnection; job: JobKey}, {before: ReadonlySet<string>}>({
  name: 'remember tasks',
  async run({scheduler, job}) {
    const tasks = await queryTasks(scheduler, job)
    return {before: new Set(tasks.map(({assignedTask}) => assignedTask.taskId))}
  },
  // Tasks that the run itself had created by then are none of before.
  memo: {
    save: ({before}) => [...before],
    restore: (saved) => ({before: new Set(saved as string[])}),
  },
})
