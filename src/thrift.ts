/** The door `@auroractl/cli/thrift`: Aurora's API as types, and the codec for whoever serves or stores it. */
export type * from './model/gen/types.ts'
export {ENUMS, SERVICES} from './model/gen/tables.ts'
export {ACTIVE_JOB_UPDATE_STATES, ACTIVE_STATES, LIVE_STATES, SLAVE_ASSIGNED_STATES, TERMINAL_STATES} from './model/task-states.ts'
export type {SchedulerApi} from './scheduler/api.ts'
export {
  APPLICATION_EXCEPTION,
  type Call,
  decodeCall,
  decodeReply,
  decodeStruct,
  encodeCall,
  encodeException,
  encodeReply,
  encodeStruct,
  type ProtocolName,
  type UnknownCall,
} from './scheduler/thrift/message.ts'
export {scheduledTaskToJson, type SimpleJsonOptions, toSimpleJson} from './scheduler/thrift/simple-json.ts'
