import {bindHelped} from '../config/binding-helpers.ts'
import {SchedulerError} from '../model/errors.ts'
import type {GetTierConfigResult} from '../model/gen/types.ts'
import {type StepIo, step} from '../operation/step.ts'
import type {SchedulerConnection} from '../scheduler/connect.ts'
import {responseMessage} from '../scheduler/response.ts'
import type {Job} from '../schema/job.ts'
import {withTier} from '../schema/tier.ts'
import {type JobFromFile, type JobOfFile, takeJob} from './load-job.ts'
import {resolveScheduler} from './resolve-scheduler.ts'

/**
 * Takes a job out of its configuration file, has helpers bind what is left for them, and gives it the tier that its cluster has for it
 * (reference/commands.md §3). The cluster is asked while the file is evaluated; a scheduler that knows of no tiers chooses one itself. @throws UserError (exit 3), SchedulerError
 */
export const loadClusterJob = step<JobFromFile, JobOfFile & {scheduler: SchedulerConnection; tiers: GetTierConfigResult | undefined}>({
  name: 'load configuration',
  async run(context, io) {
    const connecting = connectAndAsk(context, io)
    // What is wrong with the file comes first.
    connecting.catch(() => {})
    const {services, job} = context
    const {config, configHooks, ...taken} = await takeJob(context, io, async (addresses) => {
      if (addresses.length === 0) return []
      return bindHelped(addresses, {cluster: (await services.clusters()).get(job.cluster), signal: io.signal, info: io.info})
    })
    const {scheduler, tiers} = await connecting
    const found = (sent: Job, known: GetTierConfigResult | undefined) => ({
      ...taken,
      config: sent,
      configHooks: configHooks && {...configHooks, job: sent},
      scheduler,
      tiers: known,
    })
    if (typeof tiers !== 'string') return found(withTier(config, tiers), tiers)
    io.warn(`The tiers of ${context.job.cluster} are not known (${tiers}): its scheduler chooses one for the job.`)
    return found(config, undefined)
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
