import type {TaskConfig} from '@auroractl/cli/thrift'

/** The only lists of a TaskConfig; every other collection is a set, in which order says nothing. */
const LISTS = new Set(['volumes', 'parameters'])

/** Equal texts for equal configurations, whatever the order of fields and set elements. */
export function canonical(config: TaskConfig): string {
  return text(config, '')
}

export function sameConfig(a: TaskConfig, b: TaskConfig): boolean {
  return a === b || canonical(a) === canonical(b)
}

function text(value: unknown, field: string): string {
  if (typeof value === 'bigint') return `${value}`
  if (Array.isArray(value)) {
    const items = value.map((item) => text(item, ''))
    return `[${(LISTS.has(field) ? items : items.sort()).join()}]`
  }
  if (value instanceof Map) return text(Object.fromEntries(value), field)
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).filter(([, content]) => content !== undefined)
    const texts = fields.map(([name, content]) => `${JSON.stringify(name)}:${text(content, name)}`)
    return `{${texts.sort().join()}}`
  }
  return JSON.stringify(value) ?? 'null'
}
