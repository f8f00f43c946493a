import {parseData} from '@auroractl/cli/schema'
import {type TaskConfig, toSimpleJson} from '@auroractl/cli/thrift'

/** Fields that are sets: their order says nothing. */
const SETS = new Set(['constraints', 'metadata', 'resources', 'mesosFetcherUris', 'values'])

/**
 * A task's configuration for comparing: a field a line in one order, its executor data read, the lines of a text on lines of their own. Equal
 * meanings have equal texts.
 */
export function dumpTask(config: TaskConfig): string {
  const json = toSimpleJson('TaskConfig', config, {booleans: new Set(['isService', 'production', 'negated', 'reschedule'])})
  const data = config.executorConfig?.data
  const read = data === undefined ? undefined : parseData(data)
  const shown = read === undefined ? json : {...json, executorConfig: {name: config.executorConfig?.name, data: read}}
  return `${JSON.stringify(ordered(shown, ''), undefined, 2)
    .split('\n')
    .map((line) => line.replace(/\\(.)/g, (escape, next) => (next === 'n' ? `\n${indentOf(line)}    ` : escape)))
    .join('\n')}\n`
}

function indentOf(line: string): string {
  return /^ */.exec(line)?.[0] ?? ''
}

function ordered(value: unknown, field: string): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => ordered(item, ''))
    return SETS.has(field) ? items.toSorted((a, b) => compare(JSON.stringify(a), JSON.stringify(b))) : items
  }
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).toSorted(([a], [b]) => compare(a, b))
  return Object.fromEntries(entries.map(([name, item]) => [name, ordered(item, name)]))
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
