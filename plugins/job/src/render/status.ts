import {safeLine} from '@auroractl/cli'
import type {ScheduledTask, TaskEvent} from '@auroractl/cli/thrift'
import {resourcesText} from './resources.ts'

export interface JobTasks {
  /** `cluster/role/env/name`. */
  job: string
  active: readonly ScheduledTask[]
  inactive: readonly ScheduledTask[]
}

/** The text of `job status`, a task's events in the order of their time (reference/commands.md §5.7). */
export function statusText({active, inactive}: JobTasks): string {
  return [
    `Active tasks (${active.length}):`,
    ...active.map(taskText),
    `Inactive tasks (${inactive.length}):`,
    ...inactive.map(taskText),
    '',
  ].join('\n')
}

function taskText(scheduled: ScheduledTask): string {
  const {assignedTask, status, failureCount, taskEvents} = scheduled
  const {task, instanceId, slaveHost, assignedPorts} = assignedTask
  const {role, environment, name} = task.job
  const lines = [
    `\tTask role: ${role}, env: ${environment}, name: ${name}, instance: ${instanceId}, status: ${status} on ${slaveHost ?? 'None'}`,
    `\t  ${resourcesText(task.resources)}`,
  ]
  const ports = Object.entries(assignedPorts)
  if (ports.length > 0) {
    lines.push(`\t  assigned ports: {${ports.map(([port, number]) => `'${port}': ${number}`).join(', ')}}`)
    lines.push(`\t  failure count: ${failureCount} (max ${task.maxTaskFailures})`)
  }
  lines.push('\t  events:', ...taskEvents.toSorted((a, b) => Number(a.timestamp - b.timestamp)).map(eventText))
  const metadata = task.metadata ?? []
  if (metadata.length > 0) lines.push('\t  metadata:', ...metadata.map(({key, value}) => `\t\t  (key: '${key}', value: '${value}')`))
  return `${lines.map((line) => `\t${safeLine(line.slice(1), 10_000)}`).join('\n')}\n`
}

function eventText({timestamp, status, message}: TaskEvent): string {
  return `\t   ${localTime(Number(timestamp))} ${status}: ${message ?? 'None'}`
}

/** `2001-09-09 01:46:40` in the zone of this machine. */
function localTime(ms: number): string {
  const at = new Date(ms)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`
}
