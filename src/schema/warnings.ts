import type {Job} from './job.ts'

/** What is no error, but worth a word (reference/config-dsl.md §8). */
export function jobWarnings(job: Job): string[] {
  return job.production && job.tier === undefined ? ["production is deprecated: say tier = '…' instead."] : []
}
