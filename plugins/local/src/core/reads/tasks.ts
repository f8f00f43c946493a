import type {ScheduledTask, TaskQuery} from '@auroractl/cli/thrift'
import {type Answer, invalid, ok} from '../answer.ts'
import type {State} from '../state.ts'
import {queryTasks} from '../task-query.ts'
import {toScheduledTask} from '../task.ts'

export function getTasksStatus(state: State, query: TaskQuery, scheduler: string): Answer {
  return ok({scheduleStatusResult: {tasks: scheduledTasks(state, query, scheduler)}})
}

/** The same without the executors' data, which is most of an answer. */
export function getTasksWithoutConfigs(state: State, query: TaskQuery, scheduler: string): Answer {
  return ok({scheduleStatusResult: {tasks: scheduledTasks(state, query, scheduler).map(withoutData)}})
}

export function getPendingReason(state: State, query: TaskQuery): Answer {
  if (query.slaveHosts?.length) throw invalid('SlaveHosts are not supported in getPendingReason')
  if (query.statuses?.length) throw invalid('Statuses is not supported in getPendingReason')
  const reasons = queryTasks(state, {...query, statuses: ['PENDING']}).map(({id}) => ({
    taskId: id,
    reason: (state.vetoes.get(id) ?? []).join(','),
  }))
  return ok({getPendingReasonResult: {reasons}})
}

function scheduledTasks(state: State, query: TaskQuery, scheduler: string): ScheduledTask[] {
  return queryTasks(state, query).map((task) => toScheduledTask(task, scheduler))
}

function withoutData(scheduled: ScheduledTask): ScheduledTask {
  const {executorConfig, ...config} = scheduled.assignedTask.task
  const task = executorConfig ? {...config, executorConfig: {name: executorConfig.name}} : config
  return {...scheduled, assignedTask: {...scheduled.assignedTask, task}}
}
