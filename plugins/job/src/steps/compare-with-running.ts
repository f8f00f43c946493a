import {
  ExitCode,
  instanceRanges,
  type InstanceSet,
  type JobKey,
  requireOk,
  type SchedulerConnection,
  type Services,
  step,
  type StepIo,
} from '@auroractl/cli'
import {type Job, toJobConfiguration, toJobUpdateRequest} from '@auroractl/cli/schema'
import type {ConfigGroup, GetJobUpdateDiffResult, Range, TaskConfig} from '@auroractl/cli/thrift'
import {dumpTask} from './task-dump.ts'
import {textDiff} from './diff-program.ts'

/** What an update would do to the instances of a job. */
export interface JobDifference {
  add: readonly Range[]
  remove: readonly Range[]
  /** A group for each configuration that instances have now; `diff` is empty if only its spelling differs. */
  update: readonly {instances: readonly Range[]; diff: string}[]
  unchanged: readonly Range[]
}

interface Comparison {
  services: Services
  scheduler: SchedulerConnection
  job: JobKey
  instances: InstanceSet | undefined
  config: Job
  /** Another job whose tasks are compared with; without it, the job's own. */
  from: JobKey | undefined
}

/** Compares a configured job with what runs, by meaning (reference/commands.md §5.8). */
export const compareWithRunning = step<Comparison, {difference: JobDifference}>({
  name: 'compare with running tasks',
  async run(context, io) {
    const [running, local] = await Promise.all([runningConfigs(context), populated(context)])
    const groups =
      context.from || context.config.cron_schedule !== undefined
        ? compareHere(context, running, local)
        : await askScheduler(context, running)
    const update = await Promise.all(groups.update.map(({config, instances}) => describe(config, local, instances, io)))
    return {difference: {add: rangesOf(groups.add), remove: rangesOf(groups.remove), update, unchanged: rangesOf(groups.unchanged)}}
  },
})

/** The configurations of the active tasks, the most common first. */
async function runningConfigs({scheduler, services, job, from}: Comparison): Promise<readonly ConfigGroup[]> {
  const other = from && from.cluster !== job.cluster ? services.connect((await services.clusters()).get(from.cluster)) : scheduler
  const {role, environment, name} = from ?? job
  const response = await other.api.getConfigSummary({role, environment, name})
  requireOk(response, {header: 'Could not find job to diff against', exitCode: ExitCode.invalidParameter})
  const groups = response.result?.configSummaryResult?.summary.groups ?? []
  return groups.toSorted((a, b) => size(b) - size(a))
}

/** The configured job with all that the scheduler fills in. */
async function populated({scheduler, services, config}: Comparison): Promise<TaskConfig> {
  const description = toJobConfiguration(config, {user: services.user})
  const response = await scheduler.api.populateJobConfig(description)
  requireOk(response, {header: 'Error loading configuration:', exitCode: ExitCode.invalidConfiguration})
  return response.result?.populateJobResult?.taskConfig ?? description.taskConfig
}

async function askScheduler(
  {scheduler, services, config, instances}: Comparison,
  running: readonly ConfigGroup[],
): Promise<GetJobUpdateDiffResult> {
  const request = toJobUpdateRequest(config, {
    user: services.user,
    running: running.map((group) => group.config),
    ...(instances ? {only: instanceRanges(instances)} : {}),
  })
  const response = await scheduler.api.getJobUpdateDiff(request)
  requireOk(response, {header: 'Error getting diff info from scheduler', exitCode: ExitCode.commandFailure})
  return response.result?.getJobUpdateDiffResult ?? {add: [], remove: [], update: [], unchanged: []}
}

/** The scheduler compares a job with itself alone, and no cron job: here all instances that both have are compared. */
function compareHere({config, instances}: Comparison, running: readonly ConfigGroup[], local: TaskConfig): GetJobUpdateDiffResult {
  const text = dumpTask(local)
  const current = new Map(running.flatMap((group) => idsOf(group.instances).map((id) => [id, group.config] as const)))
  const scope = instances ? new Set<number>(instances) : undefined
  const kept = running.map((group) => only(group, (id) => id < config.instances && (scope?.has(id) ?? true)))
  const added = Array.from({length: config.instances}, (_, id) => id).filter((id) => !current.has(id) && (scope?.has(id) ?? true))
  return {
    add: [{config: local, instances: toRanges(added)}],
    remove: running.map((group) => only(group, (id) => id >= config.instances && (scope?.has(id) ?? true))),
    update: kept.filter((group) => group.instances.length > 0 && dumpTask(group.config) !== text),
    unchanged: kept.filter((group) => dumpTask(group.config) === text),
  }
}

async function describe(
  remote: TaskConfig,
  local: TaskConfig,
  instances: readonly Range[],
  io: StepIo,
): Promise<JobDifference['update'][number]> {
  const [theirs, ours] = [dumpTask(remote), dumpTask(local)]
  return {instances: sorted(instances), diff: theirs === ours ? '' : await textDiff(theirs, ours, io.signal)}
}

function only(group: ConfigGroup, wanted: (id: number) => boolean): ConfigGroup {
  return {config: group.config, instances: toRanges(idsOf(group.instances).filter(wanted))}
}

function rangesOf(groups: readonly ConfigGroup[]): readonly Range[] {
  return sorted(groups.flatMap(({instances}) => instances))
}

function sorted(ranges: readonly Range[]): readonly Range[] {
  return ranges.toSorted((a, b) => a.first - b.first)
}

function idsOf(ranges: readonly Range[]): number[] {
  return ranges.flatMap(({first, last}) => Array.from({length: last - first + 1}, (_, i) => first + i))
}

function toRanges(ids: readonly number[]): readonly Range[] {
  const [first, ...rest] = ids.toSorted((a, b) => a - b)
  return first === undefined ? [] : instanceRanges([first, ...rest])
}

function size({instances}: ConfigGroup): number {
  return instances.reduce((sum, {first, last}) => sum + last - first + 1, 0)
}
