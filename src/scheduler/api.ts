import type {MethodName, Methods, Response} from '../model/gen/types.ts'

/** The scheduler's API as promises: one method for each of Thrift's, arguments in the IDL's order. */
export type SchedulerApi = {
  readonly [Name in MethodName]: (...args: Methods[Name]['args']) => Promise<Response>
}
