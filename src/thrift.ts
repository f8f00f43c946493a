/** The door `@auroractl/cli/thrift`: Aurora's API as types, and the codec for whoever serves or stores it. */
export type * from './model/gen/types.ts'
export {ACTIVE_JOB_UPDATE_STATES, ACTIVE_STATES, LIVE_STATES, SLAVE_ASSIGNED_STATES, TERMINAL_STATES} from './model/task-states.ts'
export type {SchedulerApi} from './scheduler/api.ts'
