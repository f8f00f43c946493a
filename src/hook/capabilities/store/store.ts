import {existsSync} from 'node:fs'
import {DatabaseSync} from 'node:sqlite'
import type {Json} from '../../../model/json.ts'
import type {Lend} from '../lending.ts'
import {makeStoreFile, storeFile} from './store-file.ts'

const MAX_KEY = 200
const MAX_VALUE = 64 << 10
const MAX_KEYS = 1_000
const MAX_TOTAL = 1 << 20
/** How long to wait for another command that is writing. */
const PATIENCE_MS = 2_000

/** Data of the plugin's own, kept between runs. SQLite gives what two commands at once need: a lock, and all or nothing. */
export const lendStore: Lend = ({hook, world, tell, planned, spend}) => {
  const file = storeFile(world.dataDir, hook)
  return {
    'store.get'([key]) {
      const name = readKey(key)
      tell(`get ${name}`)
      const row = look(file, (database) => database.prepare('SELECT value FROM entry WHERE key = ?').get(name))
      if (row === undefined) return null
      const text = String(row['value'])
      spend(text.length)
      // In an object, so that a null that was kept is told from nothing.
      return {value: JSON.parse(text) as Json}
    },
    'store.keys'() {
      tell('keys')
      return look(file, (database) => database.prepare('SELECT key FROM entry ORDER BY key').all())?.map(({key}) => String(key)) ?? []
    },
    async 'store.set'([key, value]) {
      const name = readKey(key)
      const text = JSON.stringify(value ?? null)
      if (Buffer.byteLength(text) > MAX_VALUE) throw new Error(`ctx.store: a value of more than ${MAX_VALUE} bytes`)
      spend(text.length)
      if (planned({text: `keep '${name}' in the hook's store`, call: 'set', target: name})) return null
      await change(file, (database) => {
        database.prepare('INSERT INTO entry VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value').run(name, text)
        requireRoom(database)
      })
      return null
    },
    async 'store.delete'([key]) {
      const name = readKey(key)
      if (planned({text: `delete '${name}' from the hook's store`, call: 'delete', target: name})) return null
      await change(file, (database) => database.prepare('DELETE FROM entry WHERE key = ?').run(name))
      return null
    },
  }
}

function readKey(key: Json | undefined): string {
  if (typeof key === 'string' && key !== '' && key.length <= MAX_KEY) return key
  throw new TypeError(`ctx.store: a key must be a text of 1 to ${MAX_KEY} characters`)
}

/** undefined where nothing has been kept yet. */
function look<Found>(file: string, query: (database: DatabaseSync) => Found): Found | undefined {
  if (!existsSync(file)) return undefined
  using database = new DatabaseSync(file, {timeout: PATIENCE_MS, readOnly: true})
  const made = database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'entry'").get()
  return made === undefined ? undefined : query(database)
}

async function change(file: string, write: (database: DatabaseSync) => void): Promise<void> {
  await makeStoreFile(file)
  using database = new DatabaseSync(file, {timeout: PATIENCE_MS})
  database.exec('BEGIN IMMEDIATE; CREATE TABLE IF NOT EXISTS entry (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT')
  try {
    write(database)
    database.exec('COMMIT')
  } catch (error) {
    database.exec('ROLLBACK')
    throw error
  }
}

function requireRoom(database: DatabaseSync): void {
  const row = database.prepare('SELECT count(*) AS keys, sum(length(key) + length(value)) AS total FROM entry').get()
  if (Number(row?.['keys']) > MAX_KEYS) throw new Error(`ctx.store: more than ${MAX_KEYS} keys`)
  if (Number(row?.['total']) > MAX_TOTAL) throw new Error(`ctx.store: more than ${MAX_TOTAL} bytes in all`)
}
