import {closeSync, fstatSync, openSync, readSync, statSync} from 'node:fs'
import {DatabaseSync} from 'node:sqlite'
import {decodeStruct} from '@auroractl/cli/thrift'
import {fromScheduledTask, type Task} from '../core/task.ts'
import {Fault} from '../fault.ts'
import {APPLICATION_ID, SCHEMA_VERSION} from './schema.ts'

const HEADER_SIZE = 100

/**
 * Reads every task of a database, and checks the file on the way; it is not written to.
 * @throws Fault when it is damaged or another version's: it says which file, and that nothing was changed
 */
export function inspectDatabase(path: string, cluster: string): Task[] {
  try {
    checkFile(path)
    const database = new DatabaseSync(path, {readOnly: true})
    try {
      return readTasks(database, path)
    } finally {
      database.close()
    }
  } catch (error) {
    if (error instanceof Fault) throw error
    if (isForbidden(error)) {
      throw new Fault(
        `The local cluster's database ${path} may not be read`,
        'local.database-forbidden',
        'Give yourself the right to read and write it.',
        error,
      )
    }
    const why = error instanceof Error ? error.message : String(error)
    throw new Fault(
      `The local cluster's database ${path} is damaged (${why}); nothing was changed`,
      'local.database-damaged',
      `Restore the file from a copy, or give up its jobs and start afresh with 'aurora local reset${cluster === 'devcluster' ? '' : ` --name ${cluster}`}'.`,
      error,
    )
  }
}

function isForbidden(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EACCES' || error.code === 'EPERM')
}

/** SQLite takes an empty file for a new database, and notices a cut-off end only when it gets there. */
function checkFile(path: string): void {
  const file = openSync(path, 'r')
  try {
    const header = Buffer.alloc(HEADER_SIZE)
    const {size} = fstatSync(file)
    if (readSync(file, header, 0, HEADER_SIZE, 0) < HEADER_SIZE) throw new Error(`it has only ${size} bytes`)
    if (header.toString('latin1', 0, 16) !== 'SQLite format 3\0') throw new Error('it is no SQLite file')
    const pageSize = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16)
    const pages = header.readUInt32BE(28)
    // A kill amid a checkpoint may leave the file short: the log beside it has the rest.
    const log = statSync(`${path}-wal`, {throwIfNoEntry: false})
    if (size < pages * pageSize && !log?.size) throw new Error(`it has ${size} bytes instead of ${pages * pageSize}`)
  } finally {
    closeSync(file)
  }
}

function readTasks(database: DatabaseSync, path: string): Task[] {
  const check = database.prepare('PRAGMA quick_check(1)').get() as {quick_check: string}
  if (check.quick_check !== 'ok') throw new Error(check.quick_check)
  const {application_id: application} = database.prepare('PRAGMA application_id').get() as {application_id: number}
  if (application !== APPLICATION_ID) throw new Error('it is not one of ours')
  const {user_version: version} = database.prepare('PRAGMA user_version').get() as {user_version: number}
  if (version !== SCHEMA_VERSION) {
    throw new Fault(
      `The local cluster's database ${path} has version ${version}, this aurora works with version ${SCHEMA_VERSION}; nothing was changed`,
      'local.database-version',
      version > SCHEMA_VERSION
        ? 'Use the newer aurora that wrote it.'
        : "Start afresh with 'aurora local reset', or use the older aurora that wrote it.",
    )
  }
  const rows = database.prepare('SELECT record FROM task ORDER BY id').all() as {record: Uint8Array}[]
  return rows.map(({record}) => fromScheduledTask(decodeStruct('ScheduledTask', record)))
}
