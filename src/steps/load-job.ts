import {isHelped} from '../config/binding-helpers.ts'
import type {ConfigHooks} from '../config/config-hooks.ts'
import type {LoadedConfig} from '../config/load.ts'
import {problemText} from '../config/problem-text.ts'
import {ExitCode} from '../model/exit-code.ts'
import type {JobKey} from '../model/job-key.ts'
import {type StepIo, step} from '../operation/step.ts'
import type {Binding, Job} from '../schema/job.ts'
import {loading} from './loading.ts'
import type {ConfigRequest, Services} from './services.ts'

export interface JobFromFile {
  services: Services
  job: JobKey
  configuration: ConfigRequest
}

export interface JobOfFile {
  loaded: LoadedConfig
  config: Job
  /** Those of the file, where the job enables them. */
  configHooks: ConfigHooks | undefined
  /** The job's place in the file, and all that was bound to it. */
  origin: {index: number; bindings: readonly Binding[]}
}

/**
 * Evaluates the configuration file and takes the job with the given key out of it, checked. Nobody is asked: what helpers bind stays as it is.
 * @throws UserError (exit 3).
 */
export const loadJob = step<JobFromFile, JobOfFile>({
  name: 'load configuration',
  run: (context, io) => takeJob(context, io),
})

/** The same; `help` binds the references that are left for helpers. @throws UserError (exit 3) */
export async function takeJob(
  {services, job, configuration}: JobFromFile,
  io: StepIo,
  help?: (addresses: readonly string[]) => Promise<readonly Binding[]>,
): Promise<JobOfFile> {
  const load = async (): Promise<JobOfFile> => {
    const loaded = await services.loadConfig({...configuration, keepLive: true})
    const {configHooks} = await import('../config/config-hooks.ts')
    const {findJob, openReferences, selectJob} = await import('../config/select.ts')
    const index = findJob(loaded, job, configuration.bindings)
    const helped = help ? await help(openReferences(loaded, index, configuration.bindings).filter(isHelped)) : []
    const bindings = [...configuration.bindings, ...helped]
    const config = selectJob(loaded, index, bindings, {
      boundLater: (address) => !help && isHelped(address),
      onWarning: (problem) => io.warn(problemText(problem, loaded.file)),
    })
    return {loaded, config, configHooks: configHooks(loaded, {key: job, index, bindings, job: config}), origin: {index, bindings}}
  }
  return loading(load, 'Error loading configuration:', ExitCode.invalidConfiguration)
}
