import {chmodSync, existsSync, mkdirSync} from 'node:fs'
import {dirname} from 'node:path'
import {DatabaseSync} from 'node:sqlite'

/** Longer than anybody holds it just to look. */
export const PATIENCE_MS = 1000

/**
 * Holds the cluster for this process, by a file lock that the kernel drops whatever ends the process (Node has none of its
 * own, SQLite has). Undefined when another process holds it for longer than `patienceMs`.
 */
export function acquireLock(path: string, patienceMs: number): {release(): void} | undefined {
  mkdirSync(dirname(path), {recursive: true, mode: 0o700})
  const database = new DatabaseSync(path, {timeout: patienceMs})
  try {
    chmodSync(path, 0o600)
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
  } catch (error) {
    database.close()
    if (error instanceof Error && /database is locked/.test(error.message)) return undefined
    throw error
  }
  return {release: () => database.close()}
}

/** Whether a daemon runs: whatever the state file says, only a live one holds the lock. */
export function isLocked(path: string): boolean {
  if (!existsSync(path)) return false
  const lock = acquireLock(path, 0)
  lock?.release()
  return lock === undefined
}
