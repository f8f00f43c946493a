import type {ScheduledTask} from '../model/gen/types.ts'

/** The tasks that a selection meant, by instance. */
export type MeantTasks = Readonly<Record<string, string>>

/**
 * Those among all tasks of a job that were meant, or that the scheduler put in the place of such a one when it failed or was
 * restarted. A task that somebody has started anew since is not among them.
 */
export function meantAmong(tasks: readonly ScheduledTask[], meant: MeantTasks): readonly ScheduledTask[] {
  const wanted = new Set(Object.values(meant))
  const ancestors = new Map(tasks.map(({assignedTask, ancestorId}) => [assignedTask.taskId, ancestorId]))
  return tasks.filter(({assignedTask}) => {
    for (let id: string | undefined = assignedTask.taskId; id !== undefined; id = ancestors.get(id)) if (wanted.has(id)) return true
    return false
  })
}
