import type {JobRecord} from './job.ts'
import {fieldText} from './requirements.ts'

/** What stands for a part of a key that is not set. */
export const MISSING = '{MISSING}'

/** The key of a job, as far as its parts are set. */
export function recordKey(record: JobRecord): string {
  return ['cluster', 'role', 'environment', 'name'].map((field) => fieldText(record, field) ?? MISSING).join('/')
}
