import type {Constraint, Container, Identity, JobConfiguration, Resource, SlaPolicy, TaskConfig} from '../model/gen/types.ts'
import {UserError} from '../model/errors.ts'
import {ExitCode} from '../model/exit-code.ts'
import {executorData} from './executor-data.ts'
import type {Job} from './job.ts'
import {requestedPorts} from './ports.ts'

const MB = 1024 * 1024
const AURORA_EXECUTOR = 'AuroraExecutor'

export interface ConvertOptions {
  /** The person who sends the job, by the operating system. */
  user: string
}

/** The job as the scheduler's API takes it (reference/config-dsl.md §10). */
export function toJobConfiguration(job: Job, {user}: ConvertOptions): JobConfiguration {
  const taskConfig = toTaskConfig(job, {user})
  return {
    key: taskConfig.job,
    owner: taskConfig.owner,
    ...(job.cron_schedule === undefined ? {} : {cronSchedule: job.cron_schedule}),
    cronCollisionPolicy: cronCollisionPolicy(job.cron_collision_policy),
    taskConfig,
    instanceCount: job.instances,
  }
}

function toTaskConfig(job: Job, owner: Identity): TaskConfig {
  return {
    job: {role: job.role, environment: job.environment, name: job.name},
    owner,
    isService: job.service,
    priority: job.priority,
    maxTaskFailures: job.max_task_failures,
    production: job.production,
    ...(job.tier === undefined ? {} : {tier: job.tier}),
    resources: resources(job),
    constraints: Object.entries(job.constraints ?? {}).map(([name, value]) => constraint(name, value)),
    taskLinks: {},
    ...(job.contact === undefined ? {} : {contactEmail: job.contact}),
    executorConfig: executorConfig(job),
    metadata: metadata(job),
    ...partitionPolicy(job),
    ...(job.sla_policy === undefined ? {} : {slaPolicy: slaPolicy(job.sla_policy)}),
    container: container(job.container),
  }
}

function executorConfig(job: Job): TaskConfig['executorConfig'] & object {
  const {name, data} = job.executor_config
  return {name, data: name === AURORA_EXECUTOR ? executorData(job) : data}
}

function resources(job: Job): Resource[] {
  const {cpu, ram, disk, gpu} = job.task.resources ?? {cpu: 0, ram: 0, disk: 0, gpu: 0}
  return [
    {numCpus: cpu},
    {ramMb: megabytes(ram)},
    {diskMb: megabytes(disk)},
    ...requestedPorts(job).map((namedPort) => ({namedPort})),
    ...(gpu === 0 ? [] : [{numGpus: BigInt(gpu)}]),
  ]
}

/** Whole megabytes; what is less than one is lost, as it always was. */
export function megabytes(bytes: number): bigint {
  return BigInt(Math.floor(bytes / MB))
}

/** `limit:2` limits the tasks on each value of an attribute; anything else names the values, `!` before them excludes them. */
function constraint(name: string, text: string): Constraint {
  const limit = /^limit:(.*)$/s.exec(text)
  if (limit) return {name, constraint: {limit: {limit: Number(limit[1])}}}
  const negated = text.startsWith('!')
  const values = new Set((negated ? text.slice(1) : text).split(','))
  return {name, constraint: {value: {negated, values: [...values]}}}
}

function cronCollisionPolicy(text: string): JobConfiguration['cronCollisionPolicy'] {
  const policy = text.toUpperCase()
  if (policy === 'KILL_EXISTING' || policy === 'CANCEL_NEW' || policy === 'RUN_OVERLAP') return policy
  throw new UserError(`Invalid cron collision policy: ${text}`, {
    code: 'config.invalid',
    exitCode: ExitCode.invalidConfiguration,
    remedy: 'It is one of KILL_EXISTING, CANCEL_NEW.',
  })
}

/** The scheduler keeps a set. */
function metadata(job: Partial<Job>): {key: string; value: string}[] {
  const unique = new Map((job.metadata ?? []).map(({key, value}) => [JSON.stringify([key, value]), {key, value}]))
  return [...unique.values()]
}

function partitionPolicy(job: Job): Pick<TaskConfig, 'partitionPolicy'> {
  if (!job.partition_policy) return {}
  const {reschedule, delay_secs: delay} = job.partition_policy
  return {partitionPolicy: {reschedule, delaySecs: BigInt(delay)}}
}

function slaPolicy(policy: NonNullable<Job['sla_policy']>): SlaPolicy {
  if ('coordinator_url' in policy) return {coordinatorSlaPolicy: {coordinatorUrl: policy.coordinator_url, statusKey: policy.status_key}}
  const durationSecs = BigInt(policy.duration_secs)
  if ('count' in policy) return {countSlaPolicy: {count: BigInt(policy.count), durationSecs}}
  return {percentageSlaPolicy: {percentage: policy.percentage, durationSecs}}
}

function container(given: Job['container']): Container {
  const docker = dockerOf(given)
  if (docker) return {docker: {image: docker.image, parameters: docker.parameters.map(({name, value}) => ({name, value}))}}
  if (!given || !('volumes' in given)) return {mesos: {}}
  const {image} = given
  return {
    mesos: {
      ...(image === undefined ? {} : {image: 'tag' in image ? {docker: {...image}} : {appc: {name: image.name, imageId: image.image_id}}}),
      volumes: given.volumes.map((volume) => ({containerPath: volume.container_path, hostPath: volume.host_path, mode: volume.mode})),
    },
  }
}

function dockerOf(given: Job['container']): {image: string; parameters: readonly {name: string; value: string}[]} | undefined {
  if (!given) return undefined
  if ('parameters' in given) return given
  return 'docker' in given ? given.docker : undefined
}
