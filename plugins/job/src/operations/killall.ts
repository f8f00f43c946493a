import {formatJobKey, type HookContext, operation, step} from '@auroractl/cli'
import {killJob, optionsView} from './kill.ts'
import type {KillInput, KillResult} from './kill-context.ts'

const killEverything = step<KillInput, {result: KillResult}>({
  name: 'kill everything',
  describe: ({job}) => [`kill every instance of ${formatJobKey(job)}`],
  run: async (input, io) => ({result: await io.call(killJob, input)}),
})

/** Kills a whole job: `job.kill` over everything, so that hooks of that guard this, too. */
export const killWholeJob = operation<'job.killall', Omit<KillInput, 'instances'>>('job.killall')
  .hooks(({job, options}) => ({job, options: optionsView(options)}))
  .act(killEverything)
  .returns(({result}) => result)

declare module '@auroractl/cli' {
  interface Operations {
    'job.killall': HookContext
  }
}
