/**
 * What TypeScript configurations are written with: `import {job, process, sequential} from '@auroractl/cli/config'`.
 *
 * Structs are plain objects with their fields, so that a copy with other fields is `{...base, instances: 3}`. A field that is `null` is not set and
 * has no default either. The functions here remember, besides, of which type a struct is, on which line it was written, and what was bound to it.
 */
import type * as structs from './model/gen/config-structs.ts'

export type * from './model/gen/config-structs.ts'
export type Job = structs.MesosJob

export const KB = 1024
export const MB = 1024 * KB
export const GB = 1024 * MB
export const TB = 1024 * GB

/** What references can stand for: texts, numbers, structs, or names below this one. */
export type Bound = string | number | bigint | boolean | object

const MADE = Symbol.for('@auroractl/cli/config')

interface Made {
  readonly type?: string
  /** Its stack names the line. */
  readonly at?: {stack?: string}
  /** The newest first. */
  readonly scopes: readonly {readonly names: object}[]
}

type Fields = object & {readonly [MADE]?: Made}

function make<Struct extends object>(type: string, fields: Struct, caller: (...args: never[]) => unknown): Struct {
  const at = {}
  const {stackTraceLimit} = Error
  Error.stackTraceLimit = 1
  Error.captureStackTrace(at, caller)
  Error.stackTraceLimit = stackTraceLimit
  return {...fields, [MADE]: {type, at, scopes: (fields as Fields)[MADE]?.scopes ?? []} satisfies Made}
}

function struct<Struct extends object>(type: string): (fields: Struct) => Struct {
  return function made(fields) {
    return make(type, fields, made)
  }
}

/** A job: a task with the number of its instances, and how the cluster is to treat them. */
export const job = struct<Job>('MesosJob')
/** A job that runs for ever. */
export function service(fields: Job): Job {
  return make('MesosJob', {service: true, ...fields}, service)
}
/** What an instance runs: processes, their order, and the resources that they share. */
export const task = struct<structs.Task>('Task')
/** A task whose processes run one after the other, as they are listed. */
export function sequential(fields: Omit<structs.Task, 'constraints'>): structs.Task {
  const {processes} = fields
  return make('Task', processes?.length ? {...fields, constraints: order(...processes)} : fields, sequential)
}
/** A task of one process, with 1 core, 1 GB of memory and 1 GB of disk. */
export function simple(name: string, cmdline: string): structs.Task {
  return make('Task', {name, processes: [{name, cmdline}], resources: {cpu: 1, ram: GB, disk: GB}}, simple)
}
/** A command line of a task. */
export const process = struct<structs.Process>('Process')
export const resources = struct<structs.Resources>('Resources')
export const constraint = struct<structs.Constraint>('Constraint')
/** A list with one constraint: the processes, or those of these names, run one after the other. */
export function order(...processes: readonly (structs.Process | string)[]): structs.Constraint[] {
  return [{order: processes.map((each) => (typeof each === 'string' ? each : each.name))}]
}
export const logger = struct<structs.Logger>('Logger')
export const rotatePolicy = struct<structs.RotatePolicy>('RotatePolicy')

export const updateConfig = struct<structs.UpdateConfig>('UpdateConfig')
export const queueUpdateStrategy = struct<structs.QueueUpdateStrategy>('QueueUpdateStrategy')
export const batchUpdateStrategy = struct<structs.BatchUpdateStrategy>('BatchUpdateStrategy')
export const variableBatchUpdateStrategy = struct<structs.VariableBatchUpdateStrategy>('VariableBatchUpdateStrategy')
export const healthCheckConfig = struct<structs.HealthCheckConfig>('HealthCheckConfig')
export const healthCheckerConfig = struct<structs.HealthCheckerConfig>('HealthCheckerConfig')
export const httpHealthChecker = struct<structs.HttpHealthChecker>('HttpHealthChecker')
export const shellHealthChecker = struct<structs.ShellHealthChecker>('ShellHealthChecker')
export const lifecycleConfig = struct<structs.LifecycleConfig>('LifecycleConfig')
export const httpLifecycleConfig = struct<structs.HttpLifecycleConfig>('HttpLifecycleConfig')
export const announcer = struct<structs.Announcer>('Announcer')
export const executorConfig = struct<structs.ExecutorConfig>('ExecutorConfig')
export const partitionPolicy = struct<structs.PartitionPolicy>('PartitionPolicy')
export const metadata = struct<structs.Metadata>('Metadata')
export const container = struct<structs.Container>('Container')
export const docker = struct<structs.Docker>('Docker')
export const parameter = struct<structs.Parameter>('Parameter')
export const mesos = struct<structs.Mesos>('Mesos')
export const dockerImage = struct<structs.DockerImage>('DockerImage')
export const appcImage = struct<structs.AppcImage>('AppcImage')
export const volume = struct<structs.Volume>('Volume')
export const percentageSlaPolicy = struct<structs.PercentageSlaPolicy>('PercentageSlaPolicy')
export const countSlaPolicy = struct<structs.CountSlaPolicy>('CountSlaPolicy')
export const coordinatorSlaPolicy = struct<structs.CoordinatorSlaPolicy>('CoordinatorSlaPolicy')

/** The struct with names bound: `{{version}}` in its texts, and in those of its parts, is what `version` says here. */
export function bind<Struct extends object>(value: Struct, names: Readonly<Record<string, Bound>>): Struct {
  const made: Made = (value as Fields)[MADE] ?? {scopes: []}
  return {...value, [MADE]: {...made, scopes: [{names}, ...made.scopes]}}
}

/** The tasks' processes side by side in one task; what else a task says, the last one says. */
export function combine(...tasks: readonly structs.Task[]): structs.Task {
  return joined(
    tasks,
    (values) => values.reduce((sum, value) => sum + value, 0),
    (waits) => Math.max(...waits),
    [],
  )
}

/** The tasks' processes in one task, each task's after those of the one before. */
export function concat(...tasks: readonly structs.Task[]): structs.Task {
  const between = tasks.slice(1).flatMap((after, i) => {
    const before = tasks[i]?.processes ?? []
    return before.flatMap((one) => (after.processes ?? []).flatMap((other) => (identity(one) === identity(other) ? [] : order(one, other))))
  })
  return joined(
    tasks,
    (values) => Math.max(...values),
    (waits) => waits.reduce((sum, wait) => sum + wait, 0),
    between,
  )
}

type Fold = (values: number[]) => number

const FINALIZATION_WAIT = 30

function joined(tasks: readonly structs.Task[], fold: Fold, wait: Fold, constraints: structs.Constraint[]): structs.Task {
  if (tasks.length === 0) return task({})
  const amount = (unit: keyof structs.Resources) => fold(tasks.map(({resources}) => known(unit, resources?.[unit] ?? 0)))
  return {
    ...tasks.at(-1),
    processes: distinct(tasks.flatMap(({processes}) => processes ?? [])),
    constraints: [...distinct(tasks.flatMap(({constraints}) => constraints ?? [])), ...constraints],
    resources: {cpu: amount('cpu'), ram: amount('ram'), disk: amount('disk'), gpu: amount('gpu')},
    finalization_wait: wait(tasks.map(({finalization_wait}) => known('finalization_wait', finalization_wait ?? FINALIZATION_WAIT))),
  }
}

function known(what: string, value: structs.Numeric): number {
  if (typeof value === 'string') throw new TypeError(`tasks can be put together when their ${what} is a number, not '${value}'`)
  return Number(value)
}

function distinct<Item extends object>(items: readonly Item[]): Item[] {
  return Array.from(new Map(items.map((item) => [identity(item), item])).values())
}

/** A text that equal structs share: the same fields, with the same names bound to them. */
function identity(item: object): string {
  return JSON.stringify(item, (_, value: Fields | bigint) => {
    if (typeof value === 'bigint') return String(value)
    const made = value?.[MADE]
    return made?.scopes.length ? [{...value, [MADE]: undefined}, made.scopes] : value
  })
}

/** The environment as the host grants it; which of it a file asks for counts among the file's inputs. */
const environment = (globalThis as {auroraEnvironment?: (name: string) => string | undefined}).auroraEnvironment
Reflect.deleteProperty(globalThis, 'auroraEnvironment')

/** An environment variable of the command, or what to take where it is not set. */
export function env(name: string): string | undefined
export function env(name: string, otherwise: string): string
export function env(name: string, otherwise?: string): string | undefined {
  return environment?.(name) ?? otherwise
}
