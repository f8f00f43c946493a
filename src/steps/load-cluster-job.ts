import type {LoadedConfig} from '../config/load.ts'
import {SchedulerError} from '../model/errors.ts'
import type {GetTierConfigResult} from '../model/gen/types.ts'
import {type StepIo, step} from '../operation/step.ts'
import type {SchedulerConnection} from '../scheduler/connect.ts'
import {responseMessage} from '../scheduler/response.ts'
import type {Job} from '../schema/job.ts'
import {withTier} from '../schema/tier.ts'
import {type JobFromFile, loadJob} from './load-job.ts'
import {resolveScheduler} from './resolve-scheduler.ts'

/**
 * Takes a job out of its configuration file and gives it the tier that its cluster has for it (reference/commands.md §3). The cluster is asked while
 * the file is evaluated; a scheduler that knows of no tiers chooses one itself. @throws UserError (exit 3), SchedulerError
 */
export const loadClusterJob = step<JobFromFile, {loaded: LoadedConfig; config: Job; scheduler: SchedulerConnection}>({
  name: 'load configuration',
  async run(context, io) {
    const connecting = connectAndAsk(context, io)
    // What is wrong with the file comes first.
    connecting.catch(() => {})
    const {loaded, config} = await loadJob.run(context, io)
    const {scheduler, tiers} = await connecting
    if (typeof tiers !== 'string') return {loaded, config: withTier(config, tiers), scheduler}
    io.warn(`The tiers of ${context.job.cluster} are not known (${tiers}): its scheduler chooses one for the job.`)
    return {loaded, config, scheduler}
  },
})

/** The tiers, or why they are not known. */
async function connectAndAsk(
  context: JobFromFile,
  io: StepIo,
): Promise<{scheduler: SchedulerConnection; tiers: GetTierConfigResult | string}> {
  const {scheduler} = await resolveScheduler.run(context, io)
  try {
    const response = await scheduler.api.getTierConfigs()
    return {scheduler, tiers: response.result?.getTierConfigResult ?? responseMessage(response)}
  } catch (thrown) {
    // A scheduler from before tiers does not know the call.
    if (thrown instanceof SchedulerError && thrown.code === 'scheduler.exception') return {scheduler, tiers: thrown.message}
    throw thrown
  }
}
