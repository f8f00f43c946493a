import {UserError} from '../model/errors.ts'
import type {Binding, JobRecord} from '../schema/job.ts'
import type {Problem} from '../schema/problem.ts'
import {type JobRecords, RecordError, readJobs} from '../schema/records.ts'
import {SchemaError} from '../schema/schema-error.ts'
import type {EvaluateOptions} from './evaluate.ts'
import {jsonLoader, yamlLoader} from './data-loaders.ts'
import {type CacheOptions, EvaluationCache, type Kept} from './cache.ts'
import {type InputOptions, InputReader} from './input-reader.ts'
import type {Inputs} from './inputs.ts'
import {javascriptLoader} from './javascript/loader.ts'
import type {LiveConfig} from './live-config.ts'
import type {ConfigLoader, LiveEvaluation} from './loader.ts'
import type {ConfigHook} from './protocol.ts'
import {pythonLoader} from './python-loader.ts'
import {LIMIT_MS, overdue, refused} from './refused.ts'

export interface LoadOptions extends EvaluateOptions, InputOptions {
  /** `--bind` pairs, in their order; applied when a job is selected. */
  readonly bindings?: readonly Binding[]
  /** The file is JSON, whatever its name (`--read-json`). */
  readonly readJson?: boolean
  /** A loader from elsewhere for a file whose name is of none of ours. */
  readonly otherLoader?: (file: string) => Promise<ConfigLoader | undefined>
  /** Where evaluations are kept; without it, they are not. */
  readonly cache?: CacheOptions
  /** Keep the live objects of a file that has hooks. */
  readonly keepLive?: boolean
  /** What `prepareConfig` found. */
  readonly kept?: KeptConfig | null
}

/** A configuration file with the jobs that it defines, nothing bound to them yet. */
export interface LoadedConfig {
  readonly file: string
  readonly jobs: readonly JobRecord[]
  readonly warnings: readonly Problem[]
  /** The objects in its `hooks`. */
  readonly hooks: readonly ConfigHook[]
  /** These objects, live, if there are any; a file whose evaluation was kept is evaluated again. @throws UserError (exit 3) */
  readonly live?: () => Promise<LiveConfig>
  /** All that the result depends on. */
  readonly inputs: Inputs
}

/** A configuration whose evaluation was kept, and what the file printed then. */
export interface KeptConfig {
  readonly config: LoadedConfig
  readonly records: JobRecords
  readonly output: string
}

/** The most time for a file with all that it includes, in limits of one program. */
const LIMITS = 4

const LOADERS: readonly ConfigLoader[] = [pythonLoader, jsonLoader, yamlLoader, javascriptLoader]

/**
 * Evaluates a configuration file: a program in the sandbox, data by its parser. Unless nothing changed that its last evaluation depended on.
 * @throws UserError (exit 3) when the file is missing, fails, runs for too long or defines what is no job.
 */
export async function loadConfig(file: string, options: LoadOptions = {}): Promise<LoadedConfig> {
  const loader = await loaderOf(file, options)
  const reader = await InputReader.open(file, options)
  const kept = options.kept === undefined ? findKept(reader, loader, options) : options.kept
  if (!kept) return evaluate(reader, loader, options)
  if (kept.output !== '') options.onOutput?.(kept.output)
  let again: Promise<LiveConfig> | undefined
  const live = (): Promise<LiveConfig> => (again ??= evaluateAgain(file, loader, options, kept))
  return options.keepLive && loader.loadLive && kept.config.hooks.length > 0 ? {...kept.config, live} : kept.config
}

/** Finds what was kept of a file, else (null) starts what will evaluate it. Worth calling as soon as it is known that the file will be loaded. */
export async function prepareConfig(file: string, options: LoadOptions): Promise<KeptConfig | null> {
  try {
    const loader = await loaderOf(file, options)
    const kept = findKept(await InputReader.open(file, options), loader, options)
    if (kept) return kept
    loader.warm?.(options)
  } catch (error) {
    // Whoever loads it will tell.
    if (error instanceof UserError) return null
    throw error
  }
  return null
}

function findKept(reader: InputReader, loader: ConfigLoader, {cache}: LoadOptions): KeptConfig | null {
  const kept = cache && loader.cacheable !== false && new EvaluationCache(cache).find(reader, loader)
  if (!kept) return null
  try {
    return {config: configOf(reader, kept), records: kept.evaluation.records, output: kept.output}
  } catch (error) {
    // It is damaged in a way that only its reader notices.
    if (error instanceof UserError) return null
    throw error
  }
}

async function evaluate(reader: InputReader, loader: ConfigLoader, options: LoadOptions): Promise<LoadedConfig> {
  let output = ''
  const onOutput = (text: string): void => {
    output += text
    options.onOutput?.(text)
  }
  const {evaluation, live} = await inTime(reader.main.shown, options, (signal) => run(reader, loader, {...options, onOutput, signal}))
  const fresh = {evaluation, inputs: reader.inputs, output}
  const config = configOf(reader, fresh)
  if (options.cache && loader.cacheable !== false) new EvaluationCache(options.cache).keep(reader, loader, fresh)
  return live ? {...config, live: async () => live} : config
}

async function run(reader: InputReader, loader: ConfigLoader, options: LoadOptions): Promise<LiveEvaluation> {
  return options.keepLive && loader.loadLive ? loader.loadLive(reader, options) : {evaluation: await loader.load(reader, options)}
}

/** What was kept has no live objects; they come of the same inputs, or what its caller knows of the file is not true any more. */
async function evaluateAgain(file: string, loader: ConfigLoader, options: LoadOptions, {records}: KeptConfig): Promise<LiveConfig> {
  const reader = await InputReader.open(file, options)
  // What it prints was told with what was kept.
  const onOutput = (): void => {}
  const {evaluation, live} = await inTime(reader.main.shown, options, (signal) =>
    run(reader, loader, {...options, keepLive: true, onOutput, signal}),
  )
  if (live && JSON.stringify(evaluation.records) === JSON.stringify(records)) return live
  live?.close()
  throw refused(`${reader.main.shown} changed while the command ran`, 'config.changed', 'Run the command again.')
}

/** Each program has its own limit, without what the command does for it; how many they are, and how much that is, only the whole bounds. */
async function inTime<Result>(
  file: string,
  {limitMs = LIMIT_MS, signal}: LoadOptions,
  run: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const end = new AbortController()
  const timer = setTimeout(() => end.abort(overdue(file, LIMITS * limitMs)), LIMITS * limitMs)
  try {
    return await run(signal ? AbortSignal.any([signal, end.signal]) : end.signal)
  } finally {
    clearTimeout(timer)
  }
}

function configOf({main}: InputReader, {evaluation: {records, warnings, hooks}, inputs}: Kept): LoadedConfig {
  return {file: main.shown, jobs: jobsOf(main.shown, records), warnings, hooks, inputs}
}

async function loaderOf(file: string, {readJson = false, otherLoader}: LoadOptions): Promise<ConfigLoader> {
  if (readJson) return jsonLoader
  return LOADERS.find((loader) => loader.reads(file)) ?? (await otherLoader?.(file)) ?? pythonLoader
}

/** Whoever evaluated the file is not trusted: what it handed over is read with the rules of any configuration. */
function jobsOf(file: string, records: JobRecords): JobRecord[] {
  try {
    return readJobs(records)
  } catch (error) {
    if (!(error instanceof SchemaError) && !(error instanceof RecordError)) throw error
    throw refused(`${file}: ${error.message}`, 'config.records')
  }
}
