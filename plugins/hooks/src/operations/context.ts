import {hookRecording, type HookView, operation, step, UserError} from '@auroractl/cli'

type Recorder = Awaited<ReturnType<typeof hookRecording>>['hookContexts']

export interface ContextInput {
  /** The command with its arguments. */
  words: readonly string[]
  phase: 'amend' | 'pre'
  config: Parameters<Recorder>[1]
}

const recordContext = step<ContextInput, {context: HookView}>({
  name: 'record the context',
  async run({words, phase, config}) {
    const {hookContexts} = await hookRecording()
    const context = (await hookContexts(words, config)).find((view) => view.phase === phase)
    if (context) return {context: {...context, dryRun: false}}
    throw new UserError(`the command comes to no ${phase} hooks`, {
      code: 'hooks.no-context',
      remedy: 'It has nothing to do, or it is no operation.',
    })
  },
})

/** What a hook would see of a command. */
export const hookContext = operation<'hooks.context', ContextInput>('hooks.context')
  .read(recordContext)
  .hooks(({words, phase}) => ({options: {command: words.slice(0, 2).join(' '), phase}}))
  .returns(({context}) => context)

declare module '@auroractl/cli' {
  interface Operations {
    'hooks.context': {options: {command: string; phase: string}}
  }
}
