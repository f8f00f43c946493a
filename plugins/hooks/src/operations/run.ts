import {hookAsking, type HookRun, operation, step} from '@auroractl/cli'

type Question = Parameters<Awaited<ReturnType<typeof hookAsking>>['askHook']>[0]

const ask = step<Question, {run: HookRun}>({
  name: 'ask the hook',
  async run(question) {
    const {askHook} = await hookAsking()
    return {run: await askHook(question)}
  },
})

/** Asks one hook with a recorded context. */
export const runHook = operation<'hooks.run', Question>('hooks.run')
  .read(ask)
  .hooks(({hook, forReal}) => ({options: {hook, forReal}}))
  .returns(({run}) => run)

declare module '@auroractl/cli' {
  interface Operations {
    'hooks.run': {options: {hook: string; forReal: boolean}}
  }
}
