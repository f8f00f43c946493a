import {
  findPage,
  formatJobKey,
  type HookContext,
  type JobKey,
  type InstanceSet,
  loadGivenConfig,
  type MeantTasks,
  operation,
  resolveScheduler,
  selectActive,
  step,
} from '@auroractl/cli'
import {fewerInstances, killJob, killView} from './kill.ts'
import type {KillInput, KillResult} from './kill-context.ts'

interface Selected extends KillInput {
  url: string
  selected: InstanceSet | undefined
  ours: MeantTasks
}

/** Names the instances that the hooks saw, and their tasks: those that appear meanwhile are not killed unasked. */
const killEverything = step<Selected, {result: KillResult}>({
  name: 'kill everything',
  describe: (context, io) => (context.selected ? io.plan(killJob, {...context, instances: context.selected, meant: context.ours}) : []),
  async run({url, selected, ours, ...input}, io) {
    if (selected) return {result: await io.call(killJob, {...input, instances: selected, meant: ours})}
    return {result: {job: formatJobKey(input.job), url, killed: [], warnings: [], notices: []}}
  },
})

/** Kills a whole job: `job.kill` over everything, so that hooks of that guard this, too. */
export const killWholeJob = operation<'job.killall', Omit<KillInput, 'instances'>>('job.killall')
  .read(loadGivenConfig)
  .read(resolveScheduler)
  .read(findPage)
  .read(selectActive)
  .hooks(killView, {instances: ({selected}, value) => ({selected: fewerInstances(selected, value)})})
  .act(killEverything)
  .returns(({result}) => result)

declare module '@auroractl/cli' {
  interface Operations {
    'job.killall': HookContext & {job: JobKey}
  }
}
