import type {TaskQuery} from '@auroractl/cli/thrift'
import {allTasks, findTask, type State} from './state.ts'
import {jobPath, type Task} from './task.ts'

/** The tasks that meet every given part of the query; an empty set does not restrict (reference/thrift-api.md §4). */
export function queryTasks(state: State, query: TaskQuery): Task[] {
  const ids = restriction(query.taskIds)
  const statuses = restriction(query.statuses)
  const instances = restriction(query.instanceIds)
  const hosts = restriction(query.slaveHosts)
  const jobs = restriction(query.jobKeys?.map(jobPath))
  const found: Task[] = []
  for (const task of ids ? byId(state, ids) : jobs ? byJob(state, jobs) : allTasks(state)) {
    const {job} = task
    const meets =
      (query.role === undefined || job.role === query.role) &&
      (query.environment === undefined || job.environment === query.environment) &&
      (query.jobName === undefined || job.name === query.jobName) &&
      (!jobs || jobs.has(jobPath(job))) &&
      (!statuses || statuses.has(task.status)) &&
      (!instances || instances.has(task.instanceId)) &&
      (!hosts || (task.host !== undefined && hosts.has(task.host)))
    if (meets) found.push(task)
  }
  const offset = Math.max(0, query.offset ?? 0)
  return found.slice(offset, query.limit === undefined ? undefined : offset + Math.max(0, query.limit))
}

function restriction<T>(values: readonly T[] | undefined): ReadonlySet<T> | undefined {
  return values && values.length > 0 ? new Set(values) : undefined
}

function byId(state: State, ids: ReadonlySet<string>): Task[] {
  return [...ids].flatMap((id) => findTask(state, id) ?? [])
}

function byJob(state: State, jobs: ReadonlySet<string>): Task[] {
  return [...jobs].flatMap((path) => [...(state.jobs.get(path)?.values() ?? [])])
}
