import type {ScheduleStatus} from '@auroractl/cli/thrift'

/** Waits for the agent to end the task. */
export const ENDING: ReadonlySet<ScheduleStatus> = new Set(['KILLING', 'RESTARTING', 'PREEMPTING', 'DRAINING'])

/** Must not last: the agent is expected to report the next state (reference/thrift-api.md §7). */
export const TRANSIENT: ReadonlySet<ScheduleStatus> = new Set(['ASSIGNED', ...ENDING])
