import {
  configKeys,
  type ConfigRequest,
  formatJobPattern,
  isHelped,
  isWild,
  type JobPattern,
  matchesKeyText,
  operation,
  type Services,
  step,
  UserError,
} from '@auroractl/cli'
import {type CanonicalJob, canonicalJob} from '@auroractl/cli/schema'

export interface EvaluateInput {
  services: Services
  configuration: ConfigRequest
  /** The only job wanted, or a pattern for several; every job without it. */
  wanted?: JobPattern | undefined
}

/** What an evaluation gave: the canonical record of every job, or why there is none. */
export type Evaluation = {readonly file: string} & (
  | {readonly jobs: readonly CanonicalJob[]}
  | {readonly error: string; readonly message: string; readonly stage: 'load' | 'select'; readonly remedy?: string}
)

const evaluateJobs = step<EvaluateInput, {evaluation: Evaluation}>({
  name: 'evaluate jobs',
  async run({services, configuration, wanted}) {
    const {file, bindings} = configuration
    try {
      const {jobs: records} = await services.loadConfig(configuration)
      const {noJobs, noSuchJob} = await configKeys()
      if (records.length === 0) throw noJobs()
      const jobs = records.map((record) => canonicalJob(record, {bindings, user: services.user, boundLater: isHelped}))
      return {evaluation: wanted ? selected(file, jobs, wanted, noSuchJob) : {file, jobs}}
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      return {evaluation: refusal(file, error, 'load')}
    }
  },
})

type NoSuchJob = Awaited<ReturnType<typeof configKeys>>['noSuchJob']

function selected(file: string, jobs: readonly CanonicalJob[], wanted: JobPattern, noSuchJob: NoSuchJob): Evaluation {
  const text = formatJobPattern(wanted)
  const found = jobs.filter(({key}) => (isWild(wanted) ? matchesKeyText(wanted, key) : key === text))
  if (found.length > 0) return {file, jobs: found}
  const keys = jobs.map(({key}) => key)
  return refusal(file, noSuchJob(text, keys), 'select')
}

function refusal(file: string, {code, message, remedy}: UserError, stage: 'load' | 'select'): Evaluation {
  return {file, error: code, message, stage, ...(remedy === undefined ? {} : {remedy})}
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
