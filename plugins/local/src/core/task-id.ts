import type {JobKey} from '@auroractl/cli/thrift'

/** `ROLE-ENV-NAME-INSTANCE-UUID`, other characters than letters, digits, `_` and `-` replaced (reference/thrift-api.md §7). */
export function taskId(job: JobKey, instanceId: number, uuid: string): string {
  return `${job.role}-${job.environment}-${job.name}-${instanceId}-${uuid}`.replace(/[^\w-]/g, '-')
}

/** The nth id of an event that brought one random UUID along: its last 48 bits counted up. */
export function nthUuid(seed: string, n: number): string {
  const cut = seed.length - 12
  const last = (Number.parseInt(seed.slice(cut), 16) + n) % 2 ** 48
  return seed.slice(0, cut) + last.toString(16).padStart(12, '0')
}
