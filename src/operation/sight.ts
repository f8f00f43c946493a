import type {Json, JsonObject} from '../model/json.ts'
import type {RunRecord} from './run-record.ts'

/** What the pre hooks are asked about, as digests: of the whole, and of its parts, so that a difference can be named. */
export interface Sight {
  digest: string
  parts: Readonly<Record<string, string>>
}

/** Two levels deep: `instances`, `config.task`, `options.batchSize`. */
export function sightOf(view: object, record: Pick<RunRecord, 'seal'>): Sight {
  const parts: Record<string, string> = {}
  for (const [name, value] of Object.entries(toJson(view) as JsonObject)) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) parts[name] = record.seal(value)
    else for (const [inner, part] of Object.entries(value)) parts[`${name}.${inner}`] = record.seal(part)
  }
  return {digest: record.seal(parts), parts}
}

/** The names of the parts that two sights do not have alike. */
export function differingParts(a: Sight['parts'], b: Sight['parts']): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((name) => a[name] !== b[name]).toSorted()
}

/** As plain data; what has no such form is left out. */
export function toJson(value: unknown): Json {
  const text = JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? Number(item) : item))
  return text === undefined ? null : (JSON.parse(text) as Json)
}
