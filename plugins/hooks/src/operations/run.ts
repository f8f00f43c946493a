import {hookAsking, type HookRun, operation, step} from '@auroractl/cli'

type Question = Parameters<Awaited<ReturnType<typeof hookAsking>>['askHook']>[0]

/** What the hook would do is told and not done, so this only looks. */
const ask = step<Question, {pretended: HookRun | undefined}>({
  name: 'ask the hook',
  async run(question) {
    if (question.forReal) return {pretended: undefined}
    const {askHook} = await hookAsking()
    return {pretended: await askHook(question)}
  },
})

const askForReal = step<Question & {pretended: HookRun | undefined}, {run: HookRun}>({
  name: 'ask the hook for real',
  describe: ({hook, forReal}) => [
    {text: `ask the hook ${hook}${forReal ? ', and let it do what it does' : ', and let it do nothing'}`, target: hook},
  ],
  async run({pretended, ...question}, io) {
    if (pretended) return {run: pretended}
    const {askHook} = await hookAsking()
    return {
      run: await io.perform({
        kind: 'unverifiable',
        name: `the hook ${question.hook} was asked for real`,
        findOut: 'aurora runs list',
        call: () => askHook(question),
      }),
    }
  },
})

/** Asks one hook with a recorded context. */
export const runHook = operation<'hooks.run', Question>('hooks.run')
  .read(ask)
  .hooks(({hook, forReal}) => ({options: {hook, forReal}}))
  .act(askForReal)
  .returns(({run}) => run)

declare module '@auroractl/cli' {
  interface Operations {
    'hooks.run': {options: {hook: string; forReal: boolean}}
  }
}
