import {formatJobKey, type JobPattern, operation, type Services} from '@auroractl/cli'
import {findKeys} from '../steps/find-keys.ts'

export interface ListInput {
  services: Services
  pattern: JobPattern
}

/** The keys of the jobs that a pattern matches. */
export const listJobs = operation<'job.list', ListInput>('job.list')
  .read(findKeys)
  .returns(({keys}) => keys.map(formatJobKey))

declare module '@auroractl/cli' {
  interface Operations {
    'job.list': {pattern: JobPattern}
  }
}
