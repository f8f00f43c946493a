import {existsSync} from 'node:fs'
import {DatabaseSync} from 'node:sqlite'
import {ACTIVE_STATES} from '@auroractl/cli/thrift'

/** How many tasks of a job a database knows. */
export interface KnownJob {
  /** `role/environment/name` */
  job: string
  active: number
  ended: number
}

/** The jobs of a database, whether a daemon writes to it or not; none where it cannot be read. */
export function knownJobs(path: string): readonly KnownJob[] {
  if (!existsSync(path)) return []
  try {
    const database = new DatabaseSync(path, {readOnly: true})
    try {
      const rows = database
        .prepare(
          "SELECT role || '/' || environment || '/' || name AS job, status, COUNT(*) AS count FROM task GROUP BY job, status ORDER BY job",
        )
        .all() as {job: string; status: string; count: number}[]
      return count(rows)
    } finally {
      database.close()
    }
  } catch {
    return []
  }
}

function count(rows: readonly {job: string; status: string; count: number}[]): readonly KnownJob[] {
  const jobs = new Map<string, KnownJob>()
  const active: ReadonlySet<string> = ACTIVE_STATES
  for (const {job, status, count} of rows) {
    const known = jobs.get(job) ?? {job, active: 0, ended: 0}
    known[active.has(status) ? 'active' : 'ended'] += count
    jobs.set(job, known)
  }
  return [...jobs.values()]
}
