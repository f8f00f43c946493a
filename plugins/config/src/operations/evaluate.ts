import {type ConfigRequest, formatJobKey, type JobKey, operation, type Services, step, UserError} from '@auroractl/cli'
import {type CanonicalJob, canonicalJob} from '@auroractl/cli/schema'

export interface EvaluateInput {
  services: Services
  configuration: ConfigRequest
  /** The only job wanted; every job without it. */
  job?: JobKey | undefined
}

/** What an evaluation gave: the canonical record of every job, or why there is none. */
export type Evaluation = {readonly file: string} & (
  | {readonly jobs: readonly CanonicalJob[]}
  | {readonly error: string; readonly message: string; readonly stage: 'load' | 'select'; readonly remedy?: string}
)

const evaluateJobs = step<EvaluateInput, {evaluation: Evaluation}>({
  name: 'evaluate jobs',
  async run({services, configuration, job}) {
    const {file, bindings} = configuration
    try {
      const {jobs: records} = await services.loadConfig(configuration)
      if (records.length === 0)
        return {evaluation: {file, error: 'config.no-jobs', message: 'No job defined in this config!', stage: 'load'}}
      const jobs = records.map((record) => canonicalJob(record, {bindings, user: services.user}))
      return {evaluation: job ? selected(file, jobs, formatJobKey(job)) : {file, jobs}}
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      const {code, message, remedy} = error
      return {evaluation: {file, error: code, message, stage: 'load', ...(remedy === undefined ? {} : {remedy})}}
    }
  },
})

function selected(file: string, jobs: readonly CanonicalJob[], wanted: string): Evaluation {
  const found = jobs.filter(({key}) => key === wanted)
  if (found.length > 0) return {file, jobs: found}
  const message = [`Could not find job ${wanted}`, 'Candidates are:', ...jobs.map(({key}) => `  ${key}`)].join('\n')
  return {file, error: 'config.no-such-job', message, stage: 'select'}
}

/** Every job of a file with all that is made of it, refused ones with the stage that refused them. Asks no scheduler. */
export const evaluateConfig = operation<'config.evaluate', EvaluateInput>('config.evaluate')
  .read(evaluateJobs)
  .returns(({evaluation}) => evaluation)

declare module '@auroractl/cli' {
  interface Operations {
    'config.evaluate': {options?: Record<string, never>}
  }
}
