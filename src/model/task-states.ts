import type {JobUpdateStatus, ScheduleStatus} from './gen/types.ts'

/** Not over yet: the task has, or will have, a place in the cluster (reference/thrift-api.md §3). */
export const ACTIVE_STATES: ReadonlySet<ScheduleStatus> = new Set([
  'PENDING',
  'THROTTLED',
  'ASSIGNED',
  'STARTING',
  'RUNNING',
  'KILLING',
  'RESTARTING',
  'PREEMPTING',
  'DRAINING',
  'PARTITIONED',
])

/** Active on a host. */
export const SLAVE_ASSIGNED_STATES: ReadonlySet<ScheduleStatus> = new Set(
  [...ACTIVE_STATES].filter((state) => state !== 'PENDING' && state !== 'THROTTLED'),
)

/** Its processes run, or may run. */
export const LIVE_STATES: ReadonlySet<ScheduleStatus> = new Set([
  'RUNNING',
  'KILLING',
  'PREEMPTING',
  'RESTARTING',
  'DRAINING',
  'PARTITIONED',
])

export const TERMINAL_STATES: ReadonlySet<ScheduleStatus> = new Set(['FAILED', 'FINISHED', 'KILLED', 'LOST'])

/** An update that is not over: the job is locked by it. */
export const ACTIVE_JOB_UPDATE_STATES: ReadonlySet<JobUpdateStatus> = new Set([
  'ROLLING_FORWARD',
  'ROLLING_BACK',
  'ROLL_FORWARD_PAUSED',
  'ROLL_BACK_PAUSED',
  'ROLL_FORWARD_AWAITING_PULSE',
  'ROLL_BACK_AWAITING_PULSE',
])
