import {type ExplainedHook, hookExplainer, type HookRegistry, type JobKey, operation, step} from '@auroractl/cli'
import {findHooks, type HookSources} from '../steps/find-hooks.ts'

export interface ExplainInput extends HookSources {
  operation: string
  job: JobKey | undefined
}

export interface HookExplanation {
  operation: string
  job: JobKey | undefined
  /** In the order in which they run. */
  hooks: readonly ExplainedHook[]
  problems: readonly string[]
}

const explainOperation = step<ExplainInput & {registry: HookRegistry}, {explained: readonly ExplainedHook[]}>({
  name: 'explain hooks',
  async run({registry: {hooks, operations}, operation, job}) {
    const {explainHooks} = await hookExplainer()
    return {explained: explainHooks(hooks, operations, operation, job)}
  },
})

/** The hooks of one operation, as they would run for a job. */
export const explainHooks = operation<'hooks.explain', ExplainInput>('hooks.explain')
  .read(findHooks)
  .read(explainOperation)
  .returns(({operation, job, explained, registry: {problems}}): HookExplanation => ({operation, job, hooks: explained, problems}))

declare module '@auroractl/cli' {
  interface Operations {
    'hooks.explain': {options?: Record<string, never>}
  }
}
