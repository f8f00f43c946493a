/** Runs inside the isolate: makes structs, as the library makes them, of the records of a file in another language. It goes there as text. */
import type {Json, JsonObject} from '../../../model/json.ts'

const MADE = Symbol.for('@auroractl/cli/config')

export interface ForeignRecords {
  readonly types: readonly Json[][]
  readonly objects: readonly Json[][]
  readonly exports: readonly [string, Json][]
}

/** What the file defines, by name. */
export function readExports({types, objects, exports}: ForeignRecords): Record<string, unknown> {
  const values: unknown[] = []
  for (const record of objects) values.push(objectOf(record))
  return Object.fromEntries(exports.map(([name, part]) => [name, valueOf(part)]))

  function objectOf([type, payload, scopes]: readonly Json[]): unknown {
    if (type === '@names')
      return Object.fromEntries((payload as [string, Json][]).map(([address, part]) => [address.replace(/^\./, ''), valueOf(part)]))
    if (type === '@inside') return undefined
    const kind = typeof type === 'number' ? types[type]?.[0] : undefined
    if (kind === 'list') return (payload as Json[]).map(valueOf)
    if (kind === 'map') return Object.fromEntries((payload as [Json, Json][]).map(([name, item]) => [String(valueOf(name)), valueOf(item)]))
    if (typeof payload !== 'object' || payload === null || Array.isArray(payload) || kind === 'choice' || kind === 'enum')
      return valueOf(payload ?? null)
    const fields = Object.fromEntries(Object.entries(payload).map(([name, part]) => [name, valueOf(part)]))
    // A struct that a file declares itself is plain data here.
    if (typeof type === 'number') return fields
    const bound = ((scopes ?? []) as number[]).map((index) => values[index])
    return {
      ...fields,
      [MADE]: {type, scopes: bound.flatMap((names) => (names === undefined ? [] : [{names: {...(names as object), [MADE]: undefined}}]))},
    }
  }

  function valueOf(part: Json): unknown {
    if (Array.isArray(part)) return values[part[0] as number]
    if (typeof part !== 'object' || part === null) return part
    const {l, x, d, i, f, q = f} = part as Partial<JsonObject>
    if (Array.isArray(l)) return l.map(valueOf)
    if (Array.isArray(x ?? d))
      return Object.fromEntries(((x ?? d) as [Json, Json][]).map(([name, item]) => [String(valueOf(name)), valueOf(item)]))
    if (typeof i === 'string') return BigInt(i)
    return typeof q === 'string' ? Number(q.replace('inf', 'Infinity')) : null
  }
}
