import {nearestNames} from '../model/nearest.ts'
import {megabytes} from './convert.ts'
import type {Job} from './job.ts'
import {mixedOrders, planProblem} from './plan.ts'
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
    const mixed = mixedOrders(task)
    for (const order of mixed) {
      const strangers = unknownProcesses(task, order)
      const found = strangers.length > 0 ? strangers : [{path: formatPath(['task', 'constraints', order]), hint: MIXED}]
      for (const {path, hint} of found) yield {path, message: 'Task has invalid plan: Invalid process dependencies!', hint}
    }
    const plan = mixed.length > 0 ? undefined : planProblem(task)
    if (plan !== undefined) yield {path: 'task.constraints', message: `Task has invalid plan: ${plan}`}
  },
}

const MIXED = 'An order names regular processes alone, or final ones alone, and at least one.'

/** Names in an order that no process has. */
export function unknownProcesses(task: Job['task'], index: number): Required<Pick<Problem, 'path' | 'message' | 'hint'>>[] {
  const names = (task.processes ?? []).map(({name}) => name)
  return (task.constraints[index]?.order ?? []).flatMap((name, i) => {
    if (names.includes(name)) return []
    const [near] = nearestNames(name, names)
    const hint = near === undefined ? `There is no process ${name}.` : `There is no process ${name}; did you mean ${near}?`
    return [
      {path: formatPath(['task', 'constraints', index, 'order', i]), message: `The order names no process of the task: ${name}`, hint},
    ]
  })
}
