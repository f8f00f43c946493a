import type {Job, Process} from './job.ts'
import {stringRepr} from './python-text.ts'

const INDENT = '  '

/** What `job inspect` shows of a job, line by line (reference/commands.md §5.9). */
export function inspectJob(job: Job): string[] {
  return ['Job level information', ...jobLines(job).map((line) => INDENT + line), '', ...taskLines(job), '', ...processLines(job)]
}

function quoted(value: string | number): string {
  return stringRepr(String(value))
}

function truth(value: boolean): string {
  return value ? 'True' : 'False'
}

function jobLines(job: Job): string[] {
  return [
    `name:       ${quoted(job.name)}`,
    `role:       ${quoted(job.role)}`,
    ...(job.contact === undefined ? [] : [`contact:    ${quoted(job.contact)}`]),
    `cluster:    ${quoted(job.cluster)}`,
    `instances:  ${quoted(job.instances)}`,
    ...cronLines(job),
    ...constraintLines(job),
    ...partitionLines(job),
    `service:    ${truth(job.service)}`,
    `production: ${truth(job.production)}`,
  ]
}

function cronLines(job: Job): string[] {
  if (job.cron_schedule === undefined) return []
  return ['cron:', `  schedule: ${quoted(job.cron_schedule)}`, `  policy:   ${quoted(job.cron_collision_policy)}`]
}

function constraintLines(job: Job): string[] {
  if (!job.constraints) return []
  return ['constraints:', ...Object.entries(job.constraints).map(([name, value]) => `  ${quoted(name)}: ${quoted(value)}`)]
}

function partitionLines({partition_policy: policy}: Job): string[] {
  return policy ? ['partition_policy:', `  reschedule: ${truth(policy.reschedule)}`, `  delay_secs: ${quoted(policy.delay_secs)}`] : []
}

function taskLines({task}: Job): string[] {
  const orders = task.constraints.map(({order}) => (order ?? []).join(' < '))
  const constraints = orders.length > 0 ? ['constraints:', ...orders] : []
  return ['Task level information', ...[`name: ${quoted(task.name)}`, ...constraints].map((line) => INDENT + line)]
}

function processLines({task}: Job): string[] {
  return (task.processes ?? []).flatMap((process) => [
    `Process ${quoted(process.name)}:`,
    ...bodyOf(process).map((line) => INDENT + line),
    '',
  ])
}

function bodyOf(process: Process): string[] {
  const flags = (['daemon', 'ephemeral', 'final'] as const).filter((flag) => process[flag])
  return [...flags, 'cmdline:', ...process.cmdline.split('\n').map((line) => `  ${line}`)]
}
