import type {JobRecord} from './job.ts'
import {interpolate} from './evaluate.ts'
import {SchemaError} from './schema-error.ts'
import type {Problem} from './problem.ts'
import {textOf} from './text.ts'
import {type Value, frameInside} from './values.ts'

/** What no job can do without, asked first (reference/config-dsl.md §6). */
export function missingRequirements(record: JobRecord): Problem[] {
  const name = fieldText(record, 'name') ?? '?'
  const task = record.fields.get('task')
  const problems: Problem[] = []
  if (!record.fields.has('cluster')) problems.push({path: 'cluster', message: `Cluster required for job "${name}"`})
  if (!record.fields.has('role')) problems.push({path: 'role', message: `Role required for job "${name}"`})
  if (!record.fields.has('environment')) problems.push({path: 'environment', message: `Environment required for job "${name}"`})
  if (!task) problems.push({path: 'task', message: `Task required for job "${name}"`})
  else if (!hasProcesses(task)) problems.push({path: 'task.processes', message: `Processes required for task on job "${name}"`})
  return problems
}

function hasProcesses(task: Value): boolean {
  return 'fields' in task && task.fields.has('processes')
}

/** One field of a job as text, undefined if it is unset or cannot be read. */
export function fieldText(record: JobRecord, field: string): string | undefined {
  const value = record.fields.get(field)
  if (!value) return undefined
  try {
    return textOf(interpolate(value, frameInside(record, undefined)).value)
  } catch (error) {
    if (error instanceof SchemaError) return undefined
    throw error
  }
}
