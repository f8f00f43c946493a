import {
  type ConfigRequest,
  type ExplainedHook,
  hookExplainer,
  type HookRegistry,
  type JobKey,
  loadGivenConfig,
  operation,
  type Services,
  step,
} from '@auroractl/cli'
import {findHooks, type HookSources} from '../steps/find-hooks.ts'

export interface ExplainInput extends HookSources {
  operation: string
  job: JobKey | undefined
  services: Services
  /** The job's, to tell its own hooks, too. */
  configuration: ConfigRequest | undefined
}

/** A hook of the configuration itself: asked around each call to the scheduler that it has a method for. */
export interface ConfigHook {
  /** Its class. */
  name: string
  source: string
  methods: readonly string[]
}

export interface HookExplanation {
  operation: string
  job: JobKey | undefined
  /** In the order in which they run. */
  hooks: readonly ExplainedHook[]
  /** Of the job's configuration, where the job enables them. */
  configHooks: readonly ConfigHook[]
  problems: readonly string[]
}

const explainOperation = step<ExplainInput & {registry: HookRegistry}, {explained: readonly ExplainedHook[]}>({
  name: 'explain hooks',
  async run({registry: {hooks, operations}, operation, job}) {
    const {explainHooks} = await hookExplainer()
    return {explained: explainHooks(hooks, operations, operation, job)}
  },
})

const findConfigHooks = step<ExplainInput, {configHooks: readonly ConfigHook[]}>({
  name: 'find the hooks of the configuration',
  async run({services, job, configuration}, io) {
    if (!job || !configuration) return {configHooks: []}
    const {configHooks} = await loadGivenConfig.run({services, job, configuration}, io)
    if (!configHooks) return {configHooks: []}
    const {file, hooks} = configHooks
    return {configHooks: hooks.map(({name, methods}) => ({name, source: `config ${file}`, methods}))}
  },
})

/** The hooks of one operation, as they would run for a job. */
export const explainHooks = operation<'hooks.explain', ExplainInput>('hooks.explain')
  .read(findHooks)
  .read(explainOperation)
  .read(findConfigHooks)
  .returns(({operation, job, explained, configHooks, registry: {problems}}): HookExplanation => ({
    operation,
    job,
    hooks: explained,
    configHooks,
    problems,
  }))

declare module '@auroractl/cli' {
  interface Operations {
    'hooks.explain': {options?: Record<string, never>}
  }
}
