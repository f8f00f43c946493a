import type {Methods} from '@auroractl/cli/thrift'
import {type Answer, refused, Refusal} from './answer.ts'
import {getPendingReason, getTasksStatus, getTasksWithoutConfigs} from './reads/tasks.ts'
import {getConfigSummary} from './reads/config-summary.ts'
import {getQuota, getTierConfigs, populateJobConfig} from './reads/cluster.ts'
import {getJobUpdateDiff} from './reads/update-diff.ts'
import {getJobs, getJobSummary, getRoleSummary} from './reads/jobs.ts'
import type {State} from './state.ts'

type Reader<Args> = (state: State, args: Args, scheduler: string) => Answer

/** The calls that change nothing. */
const READS = {
  getTasksStatus: (state, {query}, scheduler) => getTasksStatus(state, query ?? {}, scheduler),
  getTasksWithoutConfigs: (state, {query}, scheduler) => getTasksWithoutConfigs(state, query ?? {}, scheduler),
  getPendingReason: (state, {query}) => getPendingReason(state, query ?? {}),
  getJobs: (state, {ownerRole}) => getJobs(state, ownerRole),
  getJobSummary: (state, {role}) => getJobSummary(state, role),
  getRoleSummary: (state) => getRoleSummary(state),
  getConfigSummary: (state, {job}) => getConfigSummary(state, job),
  getQuota: (state, {ownerRole}) => getQuota(state, ownerRole),
  getJobUpdateDiff: (state, {request}) => getJobUpdateDiff(state, request),
  populateJobConfig: (_state, {description}) => populateJobConfig(description),
  getTierConfigs: () => getTierConfigs(),
} satisfies {[Name in keyof Methods]?: Reader<Methods[Name]['argsObject']>}

export type ReadName = keyof typeof READS

export type ReadCall = {[Name in ReadName]: {method: Name; args: Methods[Name]['argsObject']}}[ReadName]

export function isRead(method: string): method is ReadName {
  return Object.hasOwn(READS, method)
}

/** Answers a question; `scheduler` is the host that writes the history. Pure. */
export function read(state: State, call: ReadCall, scheduler: string): Answer {
  // The table's own type binds each method to its arguments; TypeScript cannot follow that through the lookup.
  const reader = READS[call.method] as Reader<ReadCall['args']>
  try {
    return reader(state, call.args, scheduler)
  } catch (error) {
    if (error instanceof Refusal) return refused(error)
    throw error
  }
}
