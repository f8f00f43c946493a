import type {OperationTable} from './manifest.ts'

/** An operation and all that it calls, directly or not. */
export function reachedFrom(operation: string, operations: OperationTable, reached = new Set<string>()): Set<string> {
  if (reached.has(operation)) return reached
  reached.add(operation)
  const calls = Object.hasOwn(operations, operation) ? operations[operation]?.calls : undefined
  for (const called of calls ?? []) reachedFrom(called, operations, reached)
  return reached
}
