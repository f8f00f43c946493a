import type {JobKey} from '../model/job-key.ts'
import type {Binding, Job} from '../schema/job.ts'
import type {LiveConfig} from './live-config.ts'
import type {LoadedConfig} from './load.ts'
import type {ConfigHook} from './protocol.ts'

/** The hooks of a configuration's file, for one of its jobs that enables them. */
export interface ConfigHooks {
  /** The file as messages call it. */
  readonly file: string
  /** Its real path. */
  readonly path: string
  readonly hooks: readonly ConfigHook[]
  readonly key: JobKey
  /** The job's place in the file, and what is bound to it. */
  readonly index: number
  readonly bindings: readonly Binding[]
  /** The job as it is sent. */
  readonly job: Job
  /** The live objects, the same each time. @throws UserError (exit 3) when the file is not what it was */
  live(): Promise<LiveConfig>
}

/** None where the file lists no hooks, or the job does not enable them: both are needed. */
export function configHooks(
  {file, hooks, inputs, live: start}: LoadedConfig,
  {key, index, bindings, job}: Pick<ConfigHooks, 'key' | 'index' | 'bindings' | 'job'>,
): ConfigHooks | undefined {
  if (hooks.length === 0 || !job.enable_hooks || !start) return undefined
  const [path = file] = inputs.files.keys()
  return {file, path, hooks, key, index, bindings, job, live: start}
}
