import type {Methods, Result} from './gen/types.ts'

/** The calls of Aurora's API that hooks may make, each with the part of the answer that it gives. None of them changes anything. */
export const SCHEDULER_QUERIES = {
  getRoleSummary: 'roleSummaryResult',
  getJobSummary: 'jobSummaryResult',
  getTasksStatus: 'scheduleStatusResult',
  getTasksWithoutConfigs: 'scheduleStatusResult',
  getPendingReason: 'getPendingReasonResult',
  getConfigSummary: 'configSummaryResult',
  getJobs: 'getJobsResult',
  getQuota: 'getQuotaResult',
  getJobUpdateSummaries: 'getJobUpdateSummariesResult',
  getJobUpdateDetails: 'getJobUpdateDetailsResult',
  getTierConfigs: 'getTierConfigResult',
} as const satisfies Partial<Record<keyof Methods, keyof Result>>

export type SchedulerQuery = keyof typeof SCHEDULER_QUERIES

/** An answer of the API as plain data: 64-bit integers are numbers. */
type Plain<Value> = Value extends bigint
  ? number
  : Value extends readonly (infer Item)[]
    ? readonly Plain<Item>[]
    : Value extends object
      ? {readonly [Name in keyof Value]: Plain<Value[Name]>}
      : Value

/** The queries as functions; an answer that is not OK is an error with the scheduler's words. */
export type SchedulerQueries = {
  readonly [Name in SchedulerQuery]: (...args: Methods[Name]['args']) => Promise<Plain<Required<Result>[(typeof SCHEDULER_QUERIES)[Name]]>>
}
