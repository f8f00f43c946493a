import type {AgentTask} from '../agent/types.ts'
import {findTask, type State} from './state.ts'
import {jobPath, type Job, type Task} from './task.ts'
import {nthUuid, taskId} from './task-id.ts'

/** What the daemon does after the changes are stored. */
export type Effect =
  | {type: 'launch'; task: AgentTask}
  | {type: 'kill'; taskId: string}
  | {type: 'forget'; taskId: string}
  /** A transition that the table does not have was asked for, and ignored. */
  | {type: 'illegal'; taskId: string; from: string; to: string}

/** What the store writes, in one transaction. */
export interface Changes {
  saved: readonly Task[]
  deleted: readonly string[]
}

/** One event's work in progress over a state that stays as it was. */
export class Draft {
  readonly now: number
  readonly #seed: string
  /** The state before the event. */
  readonly before: State
  readonly #jobs: Map<string, ReadonlyMap<string, Task>>
  readonly #owned = new Map<string, Map<string, Task>>()
  readonly #saved = new Map<string, Task>()
  readonly #deleted = new Set<string>()
  readonly effects: Effect[] = []
  vetoes: ReadonlyMap<string, readonly string[]>
  #ids = 0

  constructor(state: State, now: number, seed: string) {
    this.before = state
    this.now = now
    this.#seed = seed
    this.#jobs = new Map(state.jobs)
    this.vetoes = state.vetoes
  }

  /** The state as changed so far. */
  get state(): State {
    return {jobs: this.#jobs, vetoes: this.vetoes}
  }

  get changes(): Changes {
    return {saved: [...this.#saved.values()], deleted: [...this.#deleted]}
  }

  newTaskId(job: Job, instanceId: number): string {
    return taskId(job, instanceId, nthUuid(this.#seed, this.#ids++))
  }

  put(task: Task): void {
    this.#own(task.job).set(task.id, task)
    this.#saved.set(task.id, task)
  }

  delete(task: Task): void {
    const tasks = this.#own(task.job)
    tasks.delete(task.id)
    if (tasks.size === 0) this.#jobs.delete(jobPath(task.job))
    this.#saved.delete(task.id)
    if (findTask(this.before, task.id)) this.#deleted.add(task.id)
  }

  /** The job's tasks, copied once so that the state before keeps its own. */
  #own(job: Job): Map<string, Task> {
    const path = jobPath(job)
    let tasks = this.#owned.get(path)
    if (!tasks) {
      tasks = new Map(this.#jobs.get(path))
      this.#owned.set(path, tasks)
    }
    this.#jobs.set(path, tasks)
    return tasks
  }
}
