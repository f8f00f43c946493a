import {operation, step} from '@auroractl/cli'
import {type Explanation, languageReference, type Overview} from '@auroractl/cli/schema'

export interface ExplainInput {
  /** Such as `job.task.processes.cmdline`; without it, everything that there is to explain. */
  path: string | undefined
  /** The fields of fields, too. */
  recursive: boolean
}

export type Explained = {overview: Overview} | {explanation: Explanation; recursive: boolean}

const explainPath = step<ExplainInput, {explained: Explained}>({
  name: 'explain',
  async run({path, recursive}) {
    const {explain, overview} = await languageReference()
    if (path === undefined && !recursive) return {explained: {overview: overview()}}
    return {explained: {explanation: explain(path ?? 'Job', {recursive}), recursive}}
  },
})

/** What a field, a struct or a name of the configuration language means. */
export const explainLanguage = operation<'config.explain', ExplainInput>('config.explain')
  .read(explainPath)
  .hooks(({path, recursive}) => ({options: {recursive, ...(path === undefined ? {} : {path})}}))
  .returns(({explained}) => explained)

declare module '@auroractl/cli' {
  interface Operations {
    'config.explain': {options: {path?: string; recursive: boolean}}
  }
}
