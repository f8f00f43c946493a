import {mkdir, open} from 'node:fs/promises'
import {dirname} from 'node:path'
import {setTimeout as pause} from 'node:timers/promises'
import {UserError} from '../model/errors.ts'
import {ExitCode} from '../model/exit-code.ts'

const POLL_MS = 20

/**
 * Does something that no other process, and no other part of this one, does at the same time. The lock is SQLite's on an empty
 * database, which the system lets go of when its holder dies. @throws UserError when another holds it for longer than `patienceMs`
 */
export async function exclusively<Value>(path: string, work: () => Promise<Value>, patienceMs = 60_000): Promise<Value> {
  await mkdir(dirname(path), {recursive: true, mode: 0o700})
  await (await open(path, 'a', 0o600)).close()
  // Not imported above: only commands that change something need it.
  const {DatabaseSync} = process.getBuiltinModule('node:sqlite')
  const database = new DatabaseSync(path, {timeout: 0})
  try {
    for (let waited = 0; !taken(() => database.exec('BEGIN EXCLUSIVE')); waited += POLL_MS) {
      if (waited >= patienceMs) throw busy(path)
      await pause(POLL_MS)
    }
    return await work()
  } finally {
    database.close()
  }
}

function taken(take: () => void): boolean {
  try {
    take()
    return true
  } catch (error) {
    if (error instanceof Error && 'errcode' in error && error.errcode === 5) return false
    throw error
  }
}

function busy(path: string): UserError {
  return new UserError(`Another aurora is changing the plugins or their grants (${path})`, {
    code: 'plugins.busy',
    exitCode: ExitCode.commandFailure,
    remedy: 'Wait until it has ended, and try again.',
  })
}
