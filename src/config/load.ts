import {UserError} from '../model/errors.ts'
import {ExitCode} from '../model/exit-code.ts'
import type {Binding, JobRecord} from '../schema/job.ts'
import type {Problem} from '../schema/problem.ts'
import {type JobRecords, RecordError, readJobs} from '../schema/records.ts'
import {SchemaError} from '../schema/schema-error.ts'
import type {EvaluateOptions} from './evaluate.ts'
import {jsonLoader, yamlLoader} from './data-loaders.ts'
import {type InputOptions, InputReader} from './input-reader.ts'
import type {Inputs} from './inputs.ts'
import type {ConfigLoader} from './loader.ts'
import {pythonLoader} from './python-loader.ts'

export interface LoadOptions extends EvaluateOptions, InputOptions {
  /** `--bind` pairs, in their order; applied when a job is selected. */
  readonly bindings?: readonly Binding[]
  /** The file is JSON, whatever its name (`--read-json`). */
  readonly readJson?: boolean
}

/** A configuration file with the jobs that it defines, nothing bound to them yet. */
export interface LoadedConfig {
  readonly file: string
  readonly jobs: readonly JobRecord[]
  readonly warnings: readonly Problem[]
  /** The classes of the objects in its `hooks`. */
  readonly hooks: readonly string[]
  /** All that the result depends on. */
  readonly inputs: Inputs
}

const LOADERS: readonly ConfigLoader[] = [jsonLoader, yamlLoader, pythonLoader]

/**
 * Evaluates a configuration file: a program in the sandbox, data by its parser.
 * @throws UserError (exit 3) when the file is missing, fails, runs for too long or defines what is no job.
 */
export async function loadConfig(file: string, options: LoadOptions = {}): Promise<LoadedConfig> {
  const reader = await InputReader.open(file, options)
  const loader = loaderOf(file, options)
  const {records, warnings, hooks} = await loader.load(reader, options)
  return {file, jobs: jobsOf(file, records), warnings, hooks, inputs: reader.inputs}
}

function loaderOf(file: string, {readJson = false}: LoadOptions): ConfigLoader {
  return readJson ? jsonLoader : (LOADERS.find((loader) => loader.reads(file)) ?? pythonLoader)
}

/** Whoever evaluated the file is not trusted: what it handed over is read with the rules of any configuration. */
function jobsOf(file: string, records: JobRecords): JobRecord[] {
  try {
    return readJobs(records)
  } catch (error) {
    if (!(error instanceof SchemaError) && !(error instanceof RecordError)) throw error
    throw new UserError(`${file}: ${error.message}`, {code: 'config.records', exitCode: ExitCode.invalidConfiguration})
  }
}
