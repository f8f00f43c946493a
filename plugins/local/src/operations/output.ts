import {readdirSync, realpathSync} from 'node:fs'
import {join, sep} from 'node:path'
import {
  formatInstanceSpec,
  type InstanceSpec,
  newestOfEach,
  operation,
  queryTasks,
  resolveScheduler,
  type SchedulerConnection,
  type Services,
  step,
  UserError,
} from '@auroractl/cli'
import type {ScheduledTask} from '@auroractl/cli/thrift'
import {latestSandbox} from '../agent/directories.ts'
import {tailLines} from './log-tail.ts'
import {agentFolder, type ClusterPlace} from './place.ts'

/** The end of what one process of a task has written. */
export interface ProcessOutput {
  instance: number
  process: string
  stream: 'stdout' | 'stderr'
  lines: readonly string[]
}

export interface OutputInput {
  services: Services
  place: ClusterPlace
  job: InstanceSpec['job']
  instances?: InstanceSpec['instances']
  lines: number
}

const readOutputs = step<OutputInput & {scheduler: SchedulerConnection}, {outputs: readonly ProcessOutput[]}>({
  name: 'read output',
  async run({scheduler, place, job, instances, lines}) {
    if (!(await place.readState())) {
      throw new UserError(`${job.cluster} is not a cluster of this machine; what its tasks print is where they run`, {
        code: 'local.not-local',
        remedy: `The page of the job leads there: ${(await scheduler.jobUrl(job)).href}`,
      })
    }
    const tasks = newestOfEach(await queryTasks(scheduler, job, {instances}))
    if (tasks.length === 0) {
      throw new UserError(`No task of ${formatInstanceSpec({job, ...(instances ? {instances} : {})})} was found`, {
        code: 'local.no-output',
        remedy: `See 'aurora job list ${job.cluster}'.`,
      })
    }
    return {outputs: tasks.flatMap((task) => outputsOf(agentFolder(place), task, lines))}
  },
})

/** What the processes of a job's newest tasks have written, as far as the agent of this machine keeps it. */
export const localOutput = operation<'local.output', OutputInput>('local.output')
  .read(resolveScheduler)
  .read(readOutputs)
  .returns(({outputs}) => outputs)

function outputsOf(root: string, {assignedTask}: ScheduledTask, count: number): ProcessOutput[] {
  const sandbox = latestSandbox(root, assignedTask.taskId)
  if (!sandbox) return []
  const logs = join(sandbox, '.logs')
  return entries(logs).flatMap((process) => {
    const run = Math.max(...entries(join(logs, process)).map(Number).filter(Number.isInteger))
    return (['stdout', 'stderr'] as const).flatMap((stream) => {
      const path = inside(sandbox, join(logs, process, String(run), stream))
      const lines = path === undefined ? [] : (tailLines(path, count)?.lines ?? [])
      return lines.length > 0 ? [{instance: assignedTask.instanceId, process, stream, lines}] : []
    })
  })
}

/** The sandbox is the task's: a link in it may lead anywhere, and is not followed out of it. */
function inside(sandbox: string, path: string): string | undefined {
  try {
    const real = realpathSync(path)
    return real.startsWith(sandbox + sep) ? real : undefined
  } catch {
    return undefined
  }
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder).sort()
  } catch {
    return []
  }
}

declare module '@auroractl/cli' {
  interface Operations {
    'local.output': {instances?: number[]}
  }
}
