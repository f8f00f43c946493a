import type {Json} from '../../model/json.ts'

/** A digest that tells nothing of a value but whether another is the same. */
export function seal(salt: string, value: Json): string {
  // Not imported above: it takes 10 ms to load, and commands that only read do not need it.
  const {createHmac} = process.getBuiltinModule('node:crypto')
  return createHmac('sha256', salt).update(canonical(value)).digest('hex').slice(0, 32)
}

export function randomSalt(): string {
  return process.getBuiltinModule('node:crypto').randomBytes(16).toString('hex')
}

/** The same text for the same data, in whatever order its fields are. */
function canonical(value: Json): string {
  return JSON.stringify(value, (_, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  )
}
