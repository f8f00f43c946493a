import type {ScheduleStatus} from '@auroractl/cli/thrift'

/** What a transition brings along besides the new status (reference/thrift-api.md §7). */
export type Action =
  /** The agent ends the processes. */
  | 'kill'
  /** A copy of the task takes its instance. */
  | 'reschedule'
  | 'reschedule-service'
  /** A copy unless the task failed too often: a service, or failures left. */
  | 'reschedule-failed'
  /** A copy unless the task was being killed before it was partitioned. */
  | 'reschedule-unless-killing'
  | 'count-failure'
  /** Moves on to LOST at once. */
  | 'lose'
  /** The record goes: the task never was on a host. */
  | 'delete'

type Row = Partial<Record<ScheduleStatus, readonly Action[]>>

/** From ASSIGNED, STARTING and RUNNING alike. */
const ON_AGENT: Row = {
  FINISHED: ['reschedule-service'],
  FAILED: ['count-failure', 'reschedule-failed'],
  RESTARTING: ['kill'],
  DRAINING: ['kill'],
  PREEMPTING: ['kill'],
  KILLING: ['kill'],
  KILLED: ['reschedule'],
}

/** From PREEMPTING, RESTARTING and DRAINING: however it ends, the instance comes back. */
const INTERRUPTED: Row = {
  FINISHED: ['reschedule'],
  FAILED: ['reschedule'],
  KILLED: ['reschedule'],
  LOST: ['kill', 'reschedule'],
  PARTITIONED: ['lose'],
  KILLING: [],
}

/** Every legal transition of a task; one that is not here is ignored and counted. */
export const TRANSITIONS: Readonly<Record<ScheduleStatus, Row>> = {
  INIT: {PENDING: [], THROTTLED: []},
  PENDING: {ASSIGNED: [], KILLING: ['delete']},
  THROTTLED: {PENDING: [], KILLING: ['delete']},
  ASSIGNED: {...ON_AGENT, STARTING: [], RUNNING: [], LOST: ['reschedule', 'kill']},
  STARTING: {...ON_AGENT, RUNNING: [], PARTITIONED: [], LOST: ['reschedule']},
  RUNNING: {...ON_AGENT, PARTITIONED: [], LOST: ['reschedule']},
  PARTITIONED: {
    LOST: ['kill', 'reschedule-unless-killing'],
    FAILED: ['count-failure', 'reschedule-failed'],
    FINISHED: [],
    RUNNING: [],
    ASSIGNED: [],
    STARTING: [],
    RESTARTING: ['lose'],
    DRAINING: ['lose'],
    PREEMPTING: ['lose'],
    KILLING: ['lose'],
  },
  PREEMPTING: INTERRUPTED,
  RESTARTING: INTERRUPTED,
  DRAINING: INTERRUPTED,
  KILLING: {FINISHED: [], FAILED: [], KILLED: [], LOST: [], PARTITIONED: ['lose']},
  FINISHED: {},
  FAILED: {},
  KILLED: {},
  LOST: {},
}
