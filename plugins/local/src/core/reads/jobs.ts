import {ACTIVE_STATES, type JobConfiguration, type JobStats, type RoleSummary} from '@auroractl/cli/thrift'
import {type Answer, ok} from '../answer.ts'
import type {State} from '../state.ts'
import {lastEvent, type Task} from '../task.ts'

/** Jobs with active tasks; a blank role means all (reference/thrift-api.md §6). */
export function getJobs(state: State, role: string | undefined): Answer {
  const configs = jobsOf(state, role).flatMap((tasks) => {
    const active = tasks.filter(({status}) => ACTIVE_STATES.has(status))
    return active.length > 0 ? [synthesize(active, active.length)] : []
  })
  return ok({getJobsResult: {configs}})
}

/** Every job of which there is a record, the ended ones too. */
export function getJobSummary(state: State, role: string | undefined): Answer {
  const summaries = jobsOf(state, role).map((tasks) => {
    const active = tasks.filter(({status}) => ACTIVE_STATES.has(status))
    return {job: synthesize(active.length > 0 ? active : tasks, tasks.length), stats: stats(tasks)}
  })
  return ok({jobSummaryResult: {summaries}})
}

export function getRoleSummary(state: State): Answer {
  const counts = new Map<string, number>()
  for (const [task] of jobsOf(state, undefined)) if (task) counts.set(task.job.role, (counts.get(task.job.role) ?? 0) + 1)
  const summaries: RoleSummary[] = [...counts].map(([role, jobCount]) => ({role, jobCount, cronJobCount: 0}))
  return ok({roleSummaryResult: {summaries}})
}

function jobsOf(state: State, role: string | undefined): Task[][] {
  const all = [...state.jobs.values()].map((tasks) => [...tasks.values()])
  return role?.trim() ? all.filter(([task]) => task?.job.role === role) : all
}

/** A job is not stored as such: its latest task says what it is. */
function synthesize(tasks: readonly Task[], instanceCount: number): JobConfiguration {
  const latest = tasks.reduce((a, b) => (lastEvent(b).at > lastEvent(a).at ? b : a))
  return {
    key: latest.job,
    owner: latest.config.owner,
    cronCollisionPolicy: 'KILL_EXISTING',
    taskConfig: latest.config,
    instanceCount,
  }
}

function stats(tasks: readonly Task[]): JobStats {
  const count = (...statuses: string[]) => tasks.filter(({status}) => statuses.includes(status)).length
  const pendingTaskCount = count('INIT', 'PENDING', 'THROTTLED')
  const finishedTaskCount = count('KILLED', 'FINISHED')
  const failedTaskCount = count('LOST', 'FAILED')
  const activeTaskCount = tasks.length - pendingTaskCount - finishedTaskCount - failedTaskCount
  return {activeTaskCount, finishedTaskCount, failedTaskCount, pendingTaskCount}
}
