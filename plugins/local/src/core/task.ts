import type {JobKey, ScheduledTask, ScheduleStatus, TaskConfig} from '@auroractl/cli/thrift'

export interface Event {
  /** Milliseconds since the epoch. */
  at: number
  status: ScheduleStatus
  message?: string
}

/** One run of one instance; a new run is a new task. */
export interface Task {
  id: string
  job: Job
  instanceId: number
  config: TaskConfig
  status: ScheduleStatus
  /** Append-only, the last is the current status. */
  events: readonly Event[]
  failureCount: number
  timesPartitioned: number
  /** The task of which this is a rescheduled copy. */
  ancestorId?: string
  host?: string
  ports: Readonly<Record<string, number>>
}

/** A job's name within the cluster. */
export type Job = JobKey

export function jobPath(job: JobKey): string {
  return `${job.role}/${job.environment}/${job.name}`
}

export function lastEvent(task: Task): Event {
  return task.events.at(-1) ?? {at: 0, status: task.status}
}

/** The task as the API and the store know it; `scheduler` is the host that writes the history. */
export function toScheduledTask(task: Task, scheduler: string): ScheduledTask {
  return {
    assignedTask: {
      taskId: task.id,
      ...(task.host === undefined ? {} : {slaveId: slaveId(task.host), slaveHost: task.host}),
      task: task.config,
      assignedPorts: task.ports,
      instanceId: task.instanceId,
    },
    status: task.status,
    failureCount: task.failureCount,
    timesPartitioned: task.timesPartitioned,
    taskEvents: task.events.map(({at, status, message}) => ({
      timestamp: BigInt(at),
      status,
      ...(message === undefined ? {} : {message}),
      scheduler,
    })),
    ...(task.ancestorId === undefined ? {} : {ancestorId: task.ancestorId}),
  }
}

/** What `toScheduledTask` wrote. @throws TypeError for a record that lacks what every task has. */
export function fromScheduledTask(record: ScheduledTask): Task {
  const assigned = record.assignedTask
  const job = assigned?.task?.job
  if (!assigned?.taskId || !assigned.task || !job?.role || !job.environment || !job.name || !record.status) {
    throw new TypeError('a task record without id, job or status')
  }
  return {
    id: assigned.taskId,
    job: {role: job.role, environment: job.environment, name: job.name},
    instanceId: assigned.instanceId ?? 0,
    config: assigned.task,
    status: record.status,
    events: (record.taskEvents ?? []).map(({timestamp, status, message}) => ({
      at: Number(timestamp ?? 0n),
      status: status ?? 'INIT',
      ...(message === undefined ? {} : {message}),
    })),
    failureCount: record.failureCount ?? 0,
    timesPartitioned: record.timesPartitioned ?? 0,
    ...(record.ancestorId ? {ancestorId: record.ancestorId} : {}),
    ...(assigned.slaveHost ? {host: assigned.slaveHost} : {}),
    ports: assigned.assignedPorts ?? {},
  }
}

/** The agent's id: one agent a host. */
function slaveId(host: string): string {
  return `${host}-agent`
}
