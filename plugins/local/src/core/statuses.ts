import type {ScheduleStatus} from '@auroractl/cli/thrift'

// reference/thrift-api.md §3.

/** On its way to run, running, or on its way to end: the instance is taken. */
export const ACTIVE = new Set<ScheduleStatus>([
  'PENDING', 'THROTTLED', 'ASSIGNED', 'STARTING', 'RUNNING', 'KILLING', 'RESTARTING', 'PREEMPTING', 'DRAINING', 'PARTITIONED',
]) // prettier-ignore

/** On a host: holds its resources and ports. */
export const ON_HOST = new Set<ScheduleStatus>(
  [...ACTIVE].filter((status) => status !== 'PENDING' && status !== 'THROTTLED'),
)

export const TERMINAL = new Set<ScheduleStatus>(['FINISHED', 'FAILED', 'KILLED', 'LOST'])

/** Waits for the agent to end the task. */
export const ENDING = new Set<ScheduleStatus>(['KILLING', 'RESTARTING', 'PREEMPTING', 'DRAINING'])

/** Must not last: the agent is expected to report the next state (§7). */
export const TRANSIENT = new Set<ScheduleStatus>(['ASSIGNED', ...ENDING])
