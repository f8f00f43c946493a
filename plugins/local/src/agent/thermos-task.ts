import {BadField, booleanField, type Fields, integerField, isFields, listField, stringField, structField} from './fields.ts'
import {bind, executorBindings, resolvePorts, runnerBindings} from './late-bound.ts'
import {type Logger, parseLogger} from './logger.ts'
import {internalError, invalidTask, TaskRefused} from './refusal.ts'
import {needsOf} from './schedule.ts'
import type {AgentTask} from './types.ts'

export interface ThermosProcess {
  name: string
  cmdline: string
  /** 0: it may fail for ever. */
  maxFailures: number
  daemon: boolean
  ephemeral: boolean
  /** Seconds from the end of one run to the start of the next. */
  minDuration: number
  final: boolean
  logger: Logger
}

/** A task as the runner runs it: every name bound, every rule of its plan checked. */
export interface ThermosTask {
  processes: readonly ThermosProcess[]
  orders: readonly (readonly string[])[]
  maxFailures: number
  maxConcurrency: number
  /** Seconds that cleaning and final processes have together. */
  finalizationWait: number
  ports: ReadonlyMap<string, number>
  /** The executor's JSON, for what is not the runner's: health checks and lifecycle. */
  executor: Fields
  /** Binds the names that are left to the executor and the runner. */
  bind(text: string): string
}

export interface Host {
  hostname: string
  user: string
}

/** From the executor's JSON to a task that can run; throws {@link TaskRefused} (reference/thermos.md §1, §8). */
export function thermosTask(task: AgentTask, host: Host): ThermosTask {
  const executor = parseExecutorData(task.executorData)
  try {
    const fields = structField(executor, 'task')
    if (fields === undefined) throw new BadField('task is required.')
    return bindTask(parseTask(fields, executor, task.ports), task, host)
  } catch (error) {
    if (error instanceof BadField) throw new TaskRefused(`Got invalid task: ${error.message}`)
    throw error
  }
}

function parseExecutorData(data: string): Fields {
  if (data.trim() === '') throw new TaskRefused('Task did not have a thermos config!')
  let parsed: unknown
  try {
    parsed = JSON.parse(data)
  } catch (error) {
    throw new TaskRefused(`Could not deserialize thermos config: ${error instanceof Error ? error.message : String(error)}`)
  }
  if (!isFields(parsed)) throw new TaskRefused('Could not deserialize thermos config: it is not an object')
  return parsed
}

function parseTask(fields: Fields, executor: Fields, assigned: AgentTask['ports']): Omit<ThermosTask, 'bind'> {
  // Of processes with the same name the last one counts (reference/config-dsl.md §8).
  const processes = new Map<string, ThermosProcess>()
  for (const entry of listField(fields, 'processes')) {
    const process = parseProcess(entry)
    processes.set(process.name, process)
  }
  const announce = structField(executor, 'announce')
  const portmap = (announce && structField(announce, 'portmap')) ?? {}
  return {
    processes: [...processes.values()],
    orders: listField(fields, 'constraints').map(parseOrder),
    maxFailures: integerField(fields, 'max_failures', 1),
    maxConcurrency: integerField(fields, 'max_concurrency', 0),
    finalizationWait: integerField(fields, 'finalization_wait', 30),
    ports: resolvePorts(new Map(Object.keys(portmap).map((name) => [name, stringField(portmap, name)])), assigned),
    executor,
  }
}

function parseProcess(entry: unknown): ThermosProcess {
  if (!isFields(entry)) throw new BadField('Element in ProcessList failed check')
  return {
    name: stringField(entry, 'name'),
    cmdline: stringField(entry, 'cmdline'),
    maxFailures: integerField(entry, 'max_failures', 1),
    daemon: booleanField(entry, 'daemon'),
    ephemeral: booleanField(entry, 'ephemeral'),
    minDuration: integerField(entry, 'min_duration', 5),
    final: booleanField(entry, 'final'),
    logger: parseLogger(structField(entry, 'logger')),
  }
}

function parseOrder(entry: unknown): string[] {
  if (!isFields(entry)) throw new BadField('Element in ConstraintList failed check')
  return listField(entry, 'order').map((name) => {
    if (typeof name !== 'string') throw new BadField('order: Element in StringList failed check')
    return name
  })
}

function bindTask(parsed: Omit<ThermosTask, 'bind'>, task: AgentTask, host: Host): ThermosTask {
  const early = executorBindings(task.instanceId, host.hostname)
  const late = runnerBindings(task.taskId, host.user, parsed.ports)
  const bound = (text: string): string => {
    const {text: result, unbound} = bind(bind(text, early).text, late)
    if (unbound.some((name) => name.startsWith('thermos.ports['))) throw internalError()
    if (unbound.length > 0) throw invalidTask()
    return result
  }
  const processes = parsed.processes.map((process) => ({...process, name: bound(process.name), cmdline: bound(process.cmdline)}))
  const orders = parsed.orders.map((order) => order.map(bound))
  for (const process of processes) checkProcess(process)
  // An order belongs to the plan that has all its names.
  const plans = [processes.filter(({final}) => !final), processes.filter(({final}) => final)]
  if (!plans.every((plan) => needsOf(plan, orders, processes).ok)) throw invalidTask()
  return {...parsed, processes, orders, bind: bound}
}

function checkProcess({name, cmdline}: ThermosProcess): void {
  // The name becomes a folder (`.logs/<name>`), and NUL can be in no argument.
  const isFileName = /^[^./\0][^/\0]*$/.test(name) && Buffer.byteLength(name) <= 255
  if (!isFileName || cmdline.includes('\0')) throw invalidTask()
}
