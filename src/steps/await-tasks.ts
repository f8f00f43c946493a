import type {ScheduledTask} from '../model/gen/types.ts'
import type {InstanceSet} from '../model/instances.ts'
import type {JobKey} from '../model/job-key.ts'
import type {StepIo} from '../operation/step.ts'
import type {SchedulerConnection} from '../scheduler/connect.ts'
import {poll} from './poll.ts'
import {queryTasks} from './query-tasks.ts'

export interface AwaitTasks {
  scheduler: SchedulerConnection
  job: JobKey
  /** None means the whole job. */
  instances?: InstanceSet | undefined
  /** Which tasks count at all; none given: every one. */
  among?: (tasks: readonly ScheduledTask[]) => readonly ScheduledTask[]
  /** When a task counts as arrived. */
  arrived: (task: ScheduledTask) => boolean
  /** What is waited for, for a person: `RUNNING`. */
  goal: string
  limitMs: number
}

/**
 * Waits until the newest task of every instance has arrived; no task at all counts as arrived only when tasks are waited to end
 * and have been deleted. Returns the tasks as last seen, and the instances that were not in time.
 */
export async function awaitTasks(
  {scheduler, job, instances, among = (tasks) => tasks, arrived, goal, limitMs}: AwaitTasks,
  io: Pick<StepIo, 'signal' | 'progress'>,
): Promise<{tasks: readonly ScheduledTask[]; late: readonly number[]}> {
  let tasks: readonly ScheduledTask[] = []
  const done = await poll(
    async () => {
      tasks = newestOfEach(among(await queryTasks(scheduler, job, {instances})))
      const here = tasks.filter(arrived).length
      io.progress(`${here} of ${tasks.length} ${tasks.length === 1 ? 'instance' : 'instances'} ${goal}`, here, tasks.length)
      return here === tasks.length ? true : undefined
    },
    io,
    limitMs,
  )
  const late = done ? [] : tasks.filter((task) => !arrived(task)).map((task) => task.assignedTask.instanceId)
  return {tasks, late}
}

/** The task of each instance whose first event is the newest. */
export function newestOfEach(tasks: readonly ScheduledTask[]): readonly ScheduledTask[] {
  const newest = new Map<number, ScheduledTask>()
  const born = (task: ScheduledTask) => task.taskEvents[0]?.timestamp ?? 0n
  for (const task of tasks) {
    const known = newest.get(task.assignedTask.instanceId)
    if (!known || born(task) > born(known)) newest.set(task.assignedTask.instanceId, task)
  }
  return [...newest.values()]
}
