import type {TaskConfig} from '../model/gen/types.ts'

/**
 * The configuration with the executor data of the running tasks, where theirs mean the same. Schedulers compare the data as a string, and clients
 * differ in the order of its keys and the spelling of its numbers; what only looks changed must not restart anything.
 */
export function reuseExecutorData(config: TaskConfig, running: readonly TaskConfig[]): TaskConfig {
  const {executorConfig} = config
  if (executorConfig?.data === undefined) return config
  const meaning = meaningOf(executorConfig.data)
  const same = running.find(({executorConfig: theirs}) => theirs?.name === executorConfig.name && meaningOf(theirs.data) === meaning)
  return same?.executorConfig ? {...config, executorConfig: same.executorConfig} : config
}

/** A text that executor data of one meaning share; data that are no JSON mean what they are. */
function meaningOf(data: string | undefined): string | undefined {
  const parsed = parseData(data ?? '')
  return parsed === undefined ? data : JSON.stringify(parsed)
}

/** Executor data with sorted keys and one spelling of numbers; undefined if they are no JSON. */
export function parseData(data: string): unknown {
  try {
    return JSON.parse(data, (_, value: unknown, context?: {source?: string}) => {
      if (typeof value === 'number') return exact(value, context?.source ?? '')
      return typeof value === 'object' && value !== null && !Array.isArray(value) ? sorted(value) : value
    }) as unknown
  } catch {
    return undefined
  }
}

/** Beyond what a number holds, its digits are what it means. */
function exact(value: number, source: string): unknown {
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? {digits: source} : value
}

function sorted(object: object): object {
  return Object.fromEntries(Object.entries(object).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
