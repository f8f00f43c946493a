import {jobPath, type Job, type Task} from './task.ts'

/** Everything that the scheduler knows; never changed in place, parts are shared between versions. */
export interface State {
  /** By job path; a job without tasks is not there. */
  jobs: ReadonlyMap<string, ReadonlyMap<string, Task>>
  /** Why each pending task was not assigned when an offer was last looked at; not stored. */
  vetoes: ReadonlyMap<string, readonly string[]>
}

export function emptyState(): State {
  return {jobs: new Map(), vetoes: new Map()}
}

/** The state that holds these tasks, as after a restart. */
export function restoreState(tasks: Iterable<Task>): State {
  const jobs = new Map<string, Map<string, Task>>()
  for (const task of tasks) {
    const path = jobPath(task.job)
    const ofJob = jobs.get(path) ?? new Map<string, Task>()
    jobs.set(path, ofJob.set(task.id, task))
  }
  return {jobs, vetoes: new Map()}
}

export function* allTasks(state: State): Generator<Task> {
  for (const tasks of state.jobs.values()) yield* tasks.values()
}

export function tasksOf(state: State, job: Job): Task[] {
  return [...(state.jobs.get(jobPath(job))?.values() ?? [])]
}

export function findTask(state: State, id: string): Task | undefined {
  for (const tasks of state.jobs.values()) {
    const task = tasks.get(id)
    if (task) return task
  }
  return undefined
}
