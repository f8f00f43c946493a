import {closeSync, fsyncSync, openSync, renameSync, rmSync} from 'node:fs'
import {dirname} from 'node:path'
import {DatabaseSync} from 'node:sqlite'

/** Raised whenever the tables or the meaning of their contents change. */
export const SCHEMA_VERSION = 1

/** Marks the file as ours: "Aur1". */
export const APPLICATION_ID = 0x41757231

/** A task's record is its ScheduledTask in Thrift's binary protocol; the columns beside it are there to look things up. */
const TABLES = `
  CREATE TABLE task (
    id TEXT PRIMARY KEY,
    role TEXT NOT NULL,
    environment TEXT NOT NULL,
    name TEXT NOT NULL,
    instance INTEGER NOT NULL,
    status TEXT NOT NULL,
    record BLOB NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX task_by_job ON task (role, environment, name, instance);
`

/** Makes a new database: complete, or not at all, so that an empty or partial file is always damage. */
export function createDatabase(path: string): void {
  const unfinished = `${path}.new`
  rmSync(unfinished, {force: true})
  closeSync(openSync(unfinished, 'wx', 0o600))
  const database = new DatabaseSync(unfinished)
  database.exec(`PRAGMA synchronous = FULL; PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${SCHEMA_VERSION}; ${TABLES}`)
  database.close()
  renameSync(unfinished, path)
  const folder = openSync(dirname(path), 'r')
  fsyncSync(folder)
  closeSync(folder)
}
