import {setTimeout as pause} from 'node:timers/promises'
import {SERVICES} from '../model/gen/tables.ts'
import type {MethodName} from '../model/gen/types.ts'
import {CallFailure} from './call-failure.ts'

/** The waits between attempts: as many attempts more as there are waits. */
export interface RetryPolicy {
  /** After a connection that was refused or lost. */
  connection: readonly number[]
  /** After ERROR_TRANSIENT: a scheduler that is just becoming the leader. */
  transient: readonly number[]
}

/**
 * Aurora's client waits 5 s each time, for up to ten minutes (reference/clusters.md §6). Somebody sits at the terminal: a scheduler
 * on this machine that is down is reported in less than a second, another one after 7.5 s (a restart behind a proxy); a scheduler
 * that asks for patience gets 15 s.
 */
export function defaultRetry(url: URL): RetryPolicy {
  const isLocal = /^(localhost|127\.[\d.]+|\[::1\])$/.test(url.hostname)
  return {connection: isLocal ? [200, 500] : [500, 1_000, 2_000, 4_000], transient: [500, 1_000, 2_000, 4_000, 7_500]}
}

const READS: ReadonlySet<MethodName> = new Set<MethodName>([
  ...SERVICES.ReadOnlyScheduler,
  'listBackups',
  'maintenanceStatus',
  'queryRecovery',
])

/** Changes nothing, so it may be repeated whatever happened. */
export function isRead(method: MethodName): boolean {
  return READS.has(method)
}

/**
 * Attempts again after a failure that may pass: any of a read; of a change only one that cannot have taken effect.
 * @throws CallFailure the last one
 */
export async function withRetry<Answer>(
  method: MethodName,
  policy: RetryPolicy,
  attempt: () => Promise<Answer>,
  onRetry: (failure: CallFailure) => void,
): Promise<Answer> {
  const left = {connection: [...policy.connection], transient: [...policy.transient]}
  for (;;) {
    try {
      return await attempt()
    } catch (error) {
      if (!(error instanceof CallFailure) || !error.passing || (error.sent === 'maybe' && !isRead(method))) throw error
      const wait = left[error.kind === 'transient' ? 'transient' : 'connection'].shift()
      if (wait === undefined) throw error
      onRetry(error)
      await pause(wait)
    }
  }
}
