import {operation} from '@auroractl/cli'
import {askSchedulers} from '../steps/ask-schedulers.ts'
import {type JobsOfFile, listJobs} from '../steps/list-jobs.ts'

/** The keys of the jobs that a configuration file defines; nothing is checked, nobody is asked (reference/commands.md §8.1). */
export const listConfig = operation<'config.list', JobsOfFile>('config.list')
  .read(listJobs)
  .returns(({jobs}) => jobs.map(({key}) => key))

/** The same jobs with what their schedulers know of them. */
export const listRegistered = operation<'config.list', JobsOfFile>('config.list')
  .read(listJobs)
  .read(askSchedulers)
  .returns(({registered}) => registered)

declare module '@auroractl/cli' {
  interface Operations {
    'config.list': {options?: Record<string, never>}
  }
}
