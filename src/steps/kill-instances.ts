import type {ConfigHooks} from '../config/config-hooks.ts'
import {SchedulerError} from '../model/errors.ts'
import {ExitCode} from '../model/exit-code.ts'
import type {ScheduledTask, ScheduleStatus} from '../model/gen/types.ts'
import {formatInstances, type InstanceSet, instanceSet} from '../model/instances.ts'
import {formatJobKey, type JobKey} from '../model/job-key.ts'
import type {PlannedEffect} from '../model/planned-effect.ts'
import {ACTIVE_STATES, TERMINAL_STATES} from '../model/task-states.ts'
import type {ApiCall} from '../operation/api-call.ts'
import {step, type StepIo} from '../operation/step.ts'
import type {SchedulerConnection} from '../scheduler/connect.ts'
import {requireOk} from '../scheduler/response.ts'
import {awaitTasks} from './await-tasks.ts'
import {idList, type KillOptions} from './kill-options.ts'
import {meantAmong, type MeantTasks} from './meant-tasks.ts'
import {queryTasks} from './query-tasks.ts'

interface KillContext {
  scheduler: SchedulerConnection
  job: JobKey
  selected: InstanceSet | undefined
  ours: MeantTasks
  foreign: readonly number[]
  states: ReadonlyMap<number, ScheduleStatus>
  options: KillOptions
  configHooks: ConfigHooks | undefined
}

/** Kills what was selected, all at once or a batch at a time, and waits until it has ended (reference/commands.md §5.3, step 5). */
export const killInstances = step<KillContext, {killed: readonly number[]; notices: readonly string[]}>({
  name: 'kill instances',
  async describe({job, selected, states, options, configHooks}, io) {
    if (!selected) return []
    return [...(await io.asked(killCall(configHooks, selected, options))), plannedKill(job, selected, states, options)]
  },
  async run(context, io) {
    const {selected, options} = context
    if (!selected) return {killed: [], notices: []}
    return (options.batching ? killInBatches : killAtOnce)(context, selected, io)
  },
})

function plannedKill(
  job: JobKey,
  selected: InstanceSet,
  states: ReadonlyMap<number, ScheduleStatus>,
  {batching, batchSize}: KillOptions,
): PlannedEffect {
  const pace = batching && batchSize < selected.length ? `, ${batchSize} at a time` : ''
  const byState = Map.groupBy(selected, (id) => states.get(id) ?? 'not seen')
  const difference = [...byState].flatMap(([state, ids]) => {
    const set = instanceSet(ids)
    return set ? [`- ${set.length === 1 ? 'instance' : 'instances'} ${formatInstances(set)}: ${state}`] : []
  })
  return {
    text: `kill instances ${idList(selected)} of ${formatJobKey(job)}${pace}`,
    call: 'killTasks',
    target: formatJobKey(job),
    difference,
  }
}

async function killAtOnce(context: KillContext, selected: InstanceSet, io: StepIo) {
  io.left(`wait until instances ${idList(selected)} have ended`)
  await kill(context, selected, io, {exitCode: ExitCode.api})
  const late = await waitForEnd(context, selected, io)
  if (late.length > 0) throw notInTime(late, ExitCode.timeout)
  return {killed: selected, notices: []}
}

async function killInBatches(context: KillContext, selected: InstanceSet, io: StepIo) {
  const {job, options} = context
  const killed: number[] = []
  const notices: string[] = []
  let failures = 0
  for (let rest: readonly number[] = selected; rest.length > 0; rest = rest.slice(options.batchSize)) {
    io.left(`kill instances ${idList(rest)} of ${formatJobKey(job)}`)
    io.signal.throwIfAborted()
    const batch = instanceSet(rest.slice(0, options.batchSize))
    if (!batch) break
    const next = rest.slice(options.batchSize)
    io.left(next.length > 0 ? `kill instances ${idList(next)} of ${formatJobKey(job)}` : `wait until instances ${idList(batch)} have ended`)
    io.info(`Killing tasks for job: ${formatJobKey(job)}`)
    io.info(`Instances to be killed: ${idList(batch)}`)
    await kill(context, batch, io, {header: `Kill of instances ${idList(batch)} failed with error:`, exitCode: ExitCode.api})
    const late = await waitForEnd(context, batch, io)
    if (late.length === 0) {
      killed.push(...batch)
      notices.push(`Successfully killed instances ${idList(batch)}`)
      continue
    }
    io.warn(notInTime(late, ExitCode.timeout).message)
    if (++failures > options.maxTotalFailures) {
      throw new SchedulerError('Exceeded maximum number of errors while killing instances', {
        code: 'kill.failures',
        exitCode: ExitCode.commandFailure,
      })
    }
  }
  if (failures > 0)
    throw new SchedulerError('Errors occurred while killing instances', {code: 'kill.errors', exitCode: ExitCode.commandFailure})
  return {killed, notices}
}

/** One `killTasks`, always with the instances that the hooks saw: an empty set, or none, would mean every one. */
async function kill(
  {scheduler, job, ours, foreign, options, configHooks}: KillContext,
  instances: InstanceSet,
  io: StepIo,
  failure: {header?: string; exitCode: ExitCode},
): Promise<void> {
  const key = {role: job.role, environment: job.environment, name: job.name}
  const targets = instanceSet(instances.filter((id) => !foreign.includes(id)))
  const api = targets && killCall(configHooks, targets, options)
  const messages = await io.perform({
    ...(api ? {api} : {}),
    kind: 'checkable',
    name: `the scheduler was told to kill instances ${idList(instances)} of ${formatJobKey(job)}`,
    findOut: `aurora job status ${formatJobKey(job)}`,
    call: async () => {
      if (!targets || !api) return []
      const answer = (api.response = await scheduler.api.killTasks(key, targets, options.message))
      requireOk(answer, failure)
      return answer.details.flatMap(({message}) => message ?? [])
    },
    check: async () => {
      const meant = meantAmong(await queryTasks(scheduler, job, {instances}), ours)
      const untouched = meant.some(({status}) => ACTIVE_STATES.has(status) && status !== 'KILLING')
      return untouched ? undefined : []
    },
  })
  for (const message of messages) if (message) io.info(message)
}

function killCall(hooks: ConfigHooks | undefined, instances: InstanceSet, {message}: KillOptions): ApiCall {
  return {method: 'kill_job', hooks, values: {instances: [...instances], message: message ?? null}}
}

async function waitForEnd({scheduler, job, ours, options}: KillContext, instances: InstanceSet, io: StepIo): Promise<readonly number[]> {
  const arrived = ({status}: ScheduledTask) => TERMINAL_STATES.has(status)
  const among = (tasks: readonly ScheduledTask[]) => meantAmong(tasks, ours)
  const {late} = await awaitTasks({scheduler, job, instances, among, arrived, goal: 'ended', limitMs: options.limitMs}, io)
  return late
}

function notInTime(late: readonly number[], exitCode: ExitCode): SchedulerError {
  return new SchedulerError(`Instances ${idList(late)} were not killed in time`, {
    code: 'kill.late',
    exitCode,
    remedy: 'They may still end: look at their status, or wait longer with --timeout.',
  })
}
