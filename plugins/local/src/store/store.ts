import {existsSync, mkdirSync} from 'node:fs'
import {dirname} from 'node:path'
import {DatabaseSync} from 'node:sqlite'
import {encodeStruct} from '@auroractl/cli/thrift'
import type {Changes} from '../core/draft.ts'
import {toScheduledTask, type Task} from '../core/task.ts'
import {inspectDatabase} from './inspect.ts'
import {createDatabase} from './schema.ts'

/** What the scheduler must not forget. */
export interface Store {
  /** As they were when the store was opened. */
  readonly tasks: readonly Task[]
  /** Writes one event's changes: when it returns they are on the disk, when it throws none of them is. */
  commit(changes: Changes): void
  close(): void
}

/**
 * Opens the database at `path`, made if it is not there; `scheduler` is the host that the history names.
 * @throws Fault when it is damaged or another version's
 */
export function openStore(path: string, options: {cluster: string; scheduler: string}): Store {
  mkdirSync(dirname(path), {recursive: true, mode: 0o700})
  if (!existsSync(path)) createDatabase(path)
  const tasks = inspectDatabase(path, options.cluster)
  const database = new DatabaseSync(path)
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
  const save = database.prepare(
    `INSERT INTO task (id, role, environment, name, instance, status, record) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET status = excluded.status, record = excluded.record`,
  )
  const remove = database.prepare('DELETE FROM task WHERE id = ?')
  return {
    tasks,
    commit({saved, deleted}) {
      if (saved.length === 0 && deleted.length === 0) return
      database.exec('BEGIN IMMEDIATE')
      try {
        for (const task of saved) {
          const {role, environment, name} = task.job
          save.run(
            task.id,
            role,
            environment,
            name,
            task.instanceId,
            task.status,
            encodeStruct('ScheduledTask', toScheduledTask(task, options.scheduler)),
          )
        }
        for (const id of deleted) remove.run(id)
        database.exec('COMMIT')
      } catch (error) {
        if (database.isTransaction) database.exec('ROLLBACK')
        throw error
      }
    },
    close: () => database.close(),
  }
}
