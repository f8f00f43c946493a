import {nearestNames} from '../model/nearest.ts'
import {megabytes} from './convert.ts'
import type {Job} from './job.ts'
import {planProblem} from './plan.ts'
import {formatPath, type Problem} from './problem.ts'
import {floatText} from './python-text.ts'
import type {Rule} from './rule.ts'

/** Resources are there, and none of them is zero (reference/config-dsl.md §8). */
export const RESOURCES: Rule = {
  reads: ['task.resources'],
  *judge({task}) {
    if (!task.resources) {
      yield {path: 'task.resources', message: 'Task must specify resources!', hint: 'Resources(cpu = 1.0, ram = 128*MB, disk = 128*MB)'}
      return
    }
    const problem = amountProblem(task.resources)
    if (problem) yield problem
  },
}

function amountProblem({cpu, ram, disk}: NonNullable<Job['task']['resources']>): Problem | undefined {
  const path = 'task.resources'
  if (ram === 0 || disk === 0) return {path, message: `Must specify ram and disk resources, got ram:${ram} disk:${disk}`}
  const [ramMb, diskMb] = [megabytes(ram), megabytes(disk)]
  if (cpu > 0 && ramMb > 0n && diskMb > 0n) return undefined
  const amounts = `cpu:${floatText(cpu)} ramMb:${ramMb} diskMb:${diskMb}`
  const hint = 'ram and disk are given in bytes (128*MB); less than a whole MB counts as none.'
  return {path, message: `Task has invalid resources.  cpu/ramMb/diskMb must all be positive: ${amounts}`, hint}
}

/** The processes can run in the order that they are to run in. */
export const PLAN: Rule = {
  reads: ['task.processes.name', 'task.processes.daemon', 'task.processes.ephemeral', 'task.processes.final', 'task.constraints'],
  *judge({task}) {
    const plan = planProblem(task)
    if (plan === undefined) return
    const [unknown] = unknownProcesses(task)
    const path = plan === MIXED && unknown ? unknown.path : 'task.constraints'
    const hint = plan === MIXED ? (unknown?.hint ?? MIXED_HINT) : undefined
    yield {path, message: `Task has invalid plan: ${plan}`, ...(hint === undefined ? {} : {hint})}
  },
}

const MIXED = 'Invalid process dependencies!'
const MIXED_HINT = 'An order names regular processes alone, or final ones alone, and at least one.'

/** Names in orders that no process has. */
export function unknownProcesses(task: Job['task']): Required<Pick<Problem, 'path' | 'message' | 'hint'>>[] {
  const names = (task.processes ?? []).map(({name}) => name)
  return task.constraints.flatMap(({order = []}, i) =>
    order.flatMap((name, k) => {
      if (names.includes(name)) return []
      const [near] = nearestNames(name, names)
      const hint = near === undefined ? `There is no process ${name}.` : `There is no process ${name}; did you mean ${near}?`
      return [{path: formatPath(['task', 'constraints', i, 'order', k]), message: `The order names no process of the task: ${name}`, hint}]
    }),
  )
}
