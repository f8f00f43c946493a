import {UserError} from '../model/errors.ts'
import {ExitCode} from '../model/exit-code.ts'
import type {Json} from '../model/json.ts'
import {type Binding, type JobRecord, jobFromPlain} from '../schema/job.ts'
import {SchemaError} from '../schema/schema-error.ts'
import {type JobRecords, RecordError, readJobs} from '../schema/records.ts'
import type {Plain} from '../schema/types.ts'
import {type EvaluateOptions, evaluatePython} from './evaluate.ts'
import {InputReader, type Inputs} from './inputs.ts'

export interface LoadOptions extends EvaluateOptions {
  /** `--bind` pairs, in their order; applied when a job is selected. */
  readonly bindings?: readonly Binding[]
  /** The file is JSON (`--read-json`). */
  readonly readJson?: boolean
}

/** A configuration file with the jobs that it defines, nothing bound to them yet. */
export interface LoadedConfig {
  readonly file: string
  readonly jobs: readonly JobRecord[]
  /** All that the result depends on. */
  readonly inputs: Inputs
}

/**
 * Evaluates a configuration file in the sandbox.
 * @throws UserError (exit 3) when the file is missing, fails, runs for too long or defines what is no job.
 */
export async function loadConfig(file: string, options: LoadOptions = {}): Promise<LoadedConfig> {
  const reader = await InputReader.open(file, options)
  if (options.readJson) return {file, jobs: jobsFromJson(file, reader.main.text), inputs: reader.inputs}
  const records = await evaluatePython(reader, options)
  return {file, jobs: jobsFromRecords(file, records), inputs: reader.inputs}
}

/** The child is not trusted: what it hands over is read with the same rules as any other configuration. */
function jobsFromRecords(file: string, records: JobRecords): JobRecord[] {
  try {
    return readJobs(records)
  } catch (error) {
    if (!(error instanceof SchemaError) && !(error instanceof RecordError)) throw error
    throw new UserError(`${file}: ${error.message}`, {code: 'config.records', exitCode: ExitCode.invalidConfiguration})
  }
}

/** An object with `jobs` holds several, any other one is a job itself (reference/config-dsl.md §1). */
function jobsFromJson(file: string, text: string): JobRecord[] {
  try {
    const json = JSON.parse(text) as Json
    const plain = isObject(json) && Array.isArray(json['jobs']) ? json['jobs'] : [json]
    return plain.map((job) => jobFromPlain(job as Plain))
  } catch (error) {
    if (!(error instanceof SchemaError) && !(error instanceof SyntaxError)) throw error
    throw new UserError(`${file}: ${error.message}`, {
      code: 'config.json',
      exitCode: ExitCode.invalidConfiguration,
      remedy: 'With --read-json the file is one job as JSON, or {"jobs": […]}.',
    })
  }
}

function isObject(json: Json): json is {[name: string]: Json} {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}
