import type {Json} from '../model/json.ts'

/** How one of two pieces of data differs from the other, by the paths of its parts: `- config.instances: 1`, `+ config.instances: 5`. */
export function differenceLines(before: Json | undefined, after: Json | undefined, path = ''): string[] {
  if (isTable(before) && isTable(after)) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)])
    return [...names].flatMap((name) => differenceLines(own(before, name), own(after, name), path === '' ? name : `${path}.${name}`))
  }
  if (isListOfTables(before) && isListOfTables(after)) {
    const length = Math.max(before.length, after.length)
    return Array.from({length}, (_, i) => differenceLines(before[i], after[i], `${path}[${i}]`)).flat()
  }
  const [old, now] = [before, after].map((value) => (value === undefined ? undefined : JSON.stringify(value)))
  if (old === now) return []
  return [...(old === undefined ? [] : [`- ${path}: ${old}`]), ...(now === undefined ? [] : [`+ ${path}: ${now}`])]
}

function own(table: {[name: string]: Json}, name: string): Json | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined
}

function isTable(value: Json | undefined): value is {[name: string]: Json} {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isListOfTables(value: Json | undefined): value is Json[] {
  return Array.isArray(value) && value.length > 0 && value.every(isTable)
}
