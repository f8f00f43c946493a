/** How instances are killed. */
export interface KillOptions {
  /** How many instances are killed at once; at least 1. */
  batchSize: number
  /** How many batches may be late before the kill is given up. */
  maxTotalFailures: number
  /** False: one call for all. */
  batching: boolean
  /** Instances that are not active are an error. */
  strict: boolean
  /** Why, for the tasks' events. */
  message?: string
  /** How long to wait for a batch to end. */
  limitMs: number
}

/** How the client has always printed a list of instances. */
export function idList(ids: Iterable<number>): string {
  return `[${[...ids].join(', ')}]`
}
