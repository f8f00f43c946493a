import type {Call, Response} from '@auroractl/cli/thrift'
import {type Answer, ok} from '../core/answer.ts'
import type {WriteCall, WriteName} from '../core/decide.ts'
import {isRead, type ReadCall} from '../core/read.ts'

/** What the API needs of the scheduler. */
export interface SchedulerPort {
  readonly clusterName: string
  read(call: ReadCall): Answer
  write(call: WriteCall, user: string): Answer
}

type KnownCall = Exclude<Call, {method: undefined}>

const WRITES: Readonly<Record<WriteName, true>> = {createJob: true, killTasks: true, restartShards: true, addInstances: true}

/** Answers a call of a method that the API has. */
export function dispatch(scheduler: SchedulerPort, call: KnownCall, user: string): Response {
  return {...answer(scheduler, call, user), serverInfo: {clusterName: scheduler.clusterName, statsUrlPrefix: ''}}
}

function answer(scheduler: SchedulerPort, call: KnownCall, user: string): Answer {
  try {
    if (isRead(call.method)) return scheduler.read(call as ReadCall)
    if (Object.hasOwn(WRITES, call.method)) return scheduler.write(call as WriteCall, user)
    // There are no updates yet, so there are none to list.
    if (call.method === 'getJobUpdateSummaries') return ok({getJobUpdateSummariesResult: {updateSummaries: []}})
    return {responseCode: 'ERROR', details: [{message: `${call.method} is not supported by this scheduler yet`}]}
  } catch (error) {
    return {responseCode: 'ERROR', details: [{message: error instanceof Error ? error.message : String(error)}]}
  }
}
