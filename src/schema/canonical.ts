import type {Json, JsonObject} from '../model/json.ts'
import {toJobConfiguration} from './convert.ts'
import {check, failures, interpolate} from './evaluate.ts'
import {type Binding, type Job, type JobRecord, bindJob, withOldNames} from './job.ts'
import {plainOf} from './plain.ts'
import {requestedPorts} from './ports.ts'
import type {Problem} from './problem.ts'
import {recordKey} from './record-key.ts'
import {missingRequirements} from './requirements.ts'
import {SchemaError} from './schema-error.ts'
import {jobConfigurationJson, updateSettingsJson} from './thrift-json.ts'
import type {BoundLater} from './unbound.ts'
import {toUpdateSettings} from './update.ts'
import {clientProblems, conversionProblems, updateConfigProblems} from './validate.ts'
import {type Value, frameInside} from './values.ts'
import {jobWarnings} from './warnings.ts'

/** Where an evaluation refused a job, in the order in which they are reached. */
type Stage = 'validate' | 'interpolate' | 'check' | 'ports' | 'thrift'

/**
 * A job with all that is made of it, as data that two evaluations can be compared by: the same job gives the same record, byte for byte.
 * A job that is refused has what was reached, and why it ended there.
 */
export interface CanonicalJob {
  readonly key: string
  /** The job with everything bound that can be. */
  readonly job?: Json
  /** The addresses that are left to the executor, or to nobody. */
  readonly unbound?: readonly string[]
  /** Does every field have its type? */
  readonly check?: {readonly ok: boolean; readonly message: string}
  readonly ports?: readonly string[]
  /** Thrift's JobConfiguration, by its field names; the executor data stand beside it. */
  readonly thrift?: JsonObject
  readonly executor_data?: string
  /** The same, read; null for the data of another executor that are no JSON. */
  readonly executor_data_json?: Json
  readonly update_settings?: JsonObject
  /** What the client itself has against a job that a scheduler would take. */
  readonly client_check?:
    {readonly ok: true; readonly warnings: string} | {readonly ok: false; readonly error: string; readonly message: string}
  readonly error?: string
  readonly message?: string
  readonly stage?: Stage
}

export interface CanonicalOptions {
  readonly bindings?: readonly Binding[]
  /** The person who sends the job. */
  readonly user: string
  /** References that are left as they are, for whoever sends the job. */
  readonly boundLater?: BoundLater
}

/** The canonical record of a job. */
export function canonicalJob(record: JobRecord, {bindings = [], user, boundLater}: CanonicalOptions): CanonicalJob {
  const bound = withOldNames(bindJob(record, bindings))
  const reached: {-readonly [Part in keyof CanonicalJob]: CanonicalJob[Part]} & {key: string} = {key: recordKey(bound)}
  let stage: Stage = 'validate'
  try {
    // A job without an environment gets as far as its conversion.
    refuse(missingRequirements(bound).filter(({path}) => path !== 'environment'))
    stage = 'interpolate'
    const {value, unbound} = interpolate(bound, undefined)
    const job = plainOf(value) as unknown as Job
    reached.job = job as unknown as Json
    reached.unbound = [...unbound].toSorted()
    stage = 'check'
    const wrong = isSound(value) ? [] : [...failures(bound, undefined)]
    reached.check = {ok: wrong.length === 0, message: wrong[0]?.message ?? ''}
    stage = 'ports'
    reached.ports = requestedPorts(job)
    stage = 'thrift'
    refuse(wrong.length > 0 ? wrong.map(({message}) => ({path: '', message})) : conversionProblems(job, boundLater))
    const configuration = toJobConfiguration(job, {user})
    reached.executor_data = configuration.taskConfig.executorConfig?.data ?? ''
    reached.executor_data_json = parsed(reached.executor_data)
    reached.thrift = jobConfigurationJson(configuration)
    reached.update_settings = settingsOf(job)
    reached.client_check = clientCheck(job)
  } catch (error) {
    if (!(error instanceof SchemaError) && !(error instanceof Refused)) throw error
    reached.error = error instanceof Refused ? 'InvalidConfig' : error.kind
    reached.message = error.message
    reached.stage = stage === 'interpolate' && isTaskBroken(bound) ? 'validate' : stage
  }
  return reached
}

/** Nothing is wrong with the job, for a scheduler or for the client. */
export function isAccepted(job: CanonicalJob): boolean {
  return job.error === undefined && (job.client_check?.ok ?? false) && !(job.update_settings && 'error' in job.update_settings)
}

class Refused extends Error {}

function refuse(problems: readonly Problem[]): void {
  if (problems.length === 0) return
  const texts = problems.map(({path, message}) => (path === '' ? message : `${path}: ${message}`))
  throw new Refused(`The configuration was invalid: ${texts.join('; ')}`)
}

/** A task is read for its processes before anything else is. */
function isTaskBroken(bound: JobRecord): boolean {
  const task = bound.fields.get('task')
  try {
    if (task) interpolate(task, frameInside(bound, undefined))
    return false
  } catch (error) {
    if (error instanceof SchemaError) return true
    throw error
  }
}

/** Nothing is wrong with the types of an interpolated value, so that what it was made of need not be asked, which takes longer. */
function isSound(value: Value): boolean {
  try {
    return check(value, undefined).ok
  } catch (error) {
    if (error instanceof SchemaError) return false
    throw error
  }
}

function parsed(data: string): Json {
  try {
    return JSON.parse(data) as Json
  } catch {
    return null
  }
}

function settingsOf(job: Job): JsonObject {
  const [problem] = updateConfigProblems(job)
  return problem ? {error: 'ValueError', message: problem.message} : updateSettingsJson(toUpdateSettings(job.update_config))
}

function clientCheck(job: Job): CanonicalJob['client_check'] & object {
  const problems = clientProblems(job)
  if (problems.length === 0)
    return {
      ok: true,
      warnings: jobWarnings(job)
        .map(({message}) => message)
        .join('\n'),
    }
  return {ok: false, error: 'InvalidConfig', message: problems.map(({path, message}) => `${path}: ${message}`).join('\n')}
}
