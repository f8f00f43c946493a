import {UserError} from '../model/errors.ts'
import {ExitCode} from '../model/exit-code.ts'
import {type JobKey, formatJobKey} from '../model/job-key.ts'
import {type Binding, type Job, type JobRecord, bindJob, resolveJob} from '../schema/job.ts'
import type {Problem} from '../schema/problem.ts'
import {fieldText, missingRequirements} from '../schema/requirements.ts'
import {SchemaError} from '../schema/schema-error.ts'
import {validateJob} from '../schema/validate.ts'
import type {LoadedConfig} from './load.ts'

/** A job of a configuration by its key, checked. @throws UserError (exit 3) with what is there, or with all that is wrong. */
export function selectJob(config: LoadedConfig, key: JobKey, bindings: readonly Binding[] = []): Job {
  const [index, record] = findJob(config, key, bindings)
  return completeJob(record, bindings, index)
}

/** The keys of the jobs that a configuration defines, as far as their parts are set (reference/commands.md, `config list`). */
export function listJobs(config: LoadedConfig, bindings: readonly Binding[] = []): string[] {
  return jobsOf(config).map((record) => keyText(bound(record, bindings)))
}

/** A complete and valid job from a record. `index` is its place in `jobs`, for messages. @throws UserError (exit 3) */
function completeJob(record: JobRecord, bindings: readonly Binding[], index: number): Job {
  const missing = missingRequirements(bound(record, bindings))
  const {job, problems} = resolveJob(record, bindings)
  const all = [
    ...missing,
    ...problems.filter(({path}) => !missing.some((known) => known.path === path)),
    ...(job && missing.length === 0 ? validateJob(job) : []),
  ]
  if (job && all.length === 0) return job
  throw invalid(all, index)
}

function findJob(config: LoadedConfig, key: JobKey, bindings: readonly Binding[]): [number, JobRecord] {
  const jobs = jobsOf(config)
  const keys = jobs.map((record) => keyText(bound(record, bindings)))
  const found = keys.flatMap((text, i) => (text === formatJobKey(key) ? [i] : []))
  const [index] = found
  const record = index === undefined ? undefined : jobs[index]
  if (index !== undefined && record && found.length === 1) return [index, record]
  const candidates = ['Candidates are:', ...keys.map((text) => `  ${text}`)]
  if (found.length > 1)
    throw refused(['Multiple jobs match, please disambiguate by specifying a job key.', ...candidates], 'config.ambiguous')
  const noEnvironment = keys
    .filter((text) => text.split('/')[2] === MISSING)
    .map((text) => `Job ${text} in configuration file doesn't specify an environment`)
  throw refused([`Could not find job ${formatJobKey(key)}`, ...noEnvironment, ...candidates], 'config.no-such-job')
}

function jobsOf(config: LoadedConfig): readonly JobRecord[] {
  if (config.jobs.length > 0) return config.jobs
  throw refused(['No job defined in this config!'], 'config.no-jobs')
}

const MISSING = '{MISSING}'

function keyText(record: JobRecord): string {
  return (['cluster', 'role', 'environment', 'name'] as const).map((field) => fieldText(record, field) ?? MISSING).join('/')
}

function bound(record: JobRecord, bindings: readonly Binding[]): JobRecord {
  try {
    return bindJob(record, bindings)
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error
    throw refused([`A binding has no proper name: ${error.message}`], 'config.binding')
  }
}

function refused(lines: readonly string[], code: string): UserError {
  return new UserError(lines.join('\n'), {code, exitCode: ExitCode.invalidConfiguration})
}

function invalid(problems: readonly Problem[], index: number): UserError {
  const lines = problems.map(({path, message, hint}) => {
    const place = path === '' ? `jobs[${index}]` : `jobs[${index}].${path}`
    return `${place}: ${message}${hint === undefined ? '' : `\n    ${hint}`}`
  })
  const text = lines.length === 1 ? ` ${lines[0]}` : `\n${lines.map((line) => `  ${line}`).join('\n')}`
  return refused([`The configuration was invalid:${text}`], 'config.invalid')
}
