import {readEntry} from './cache-entry.ts'
import {CacheFolder} from './cache-folder.ts'

/** What the cache of evaluations holds. */
export interface CacheContents {
  readonly folder: string
  readonly bytes: number
  /** The latest used first. */
  readonly entries: readonly CachedFile[]
}

interface CachedFile {
  /** The configuration; null where the entry is damaged. */
  readonly file: string | null
  readonly bytes: number
  /** When it was evaluated, and when that was last of use; ISO 8601. */
  readonly evaluated: string | null
  readonly used: string
}

export function cacheContents(path: string): CacheContents {
  const folder = new CacheFolder(path)
  const entries = folder.list().map(({name, bytes, used}) => {
    const entry = readEntry(folder.read(name) ?? '')
    return {file: entry?.file ?? null, bytes, evaluated: entry ? isoTime(entry.made) : null, used: isoTime(used)}
  })
  return {folder: path, bytes: total(entries), entries}
}

/** Forgets every evaluation. */
export function clearCache(path: string): {folder: string; removed: number; bytes: number} {
  const removed = new CacheFolder(path).clear()
  return {folder: path, removed: removed.length, bytes: total(removed)}
}

function total(files: readonly {bytes: number}[]): number {
  return files.reduce((sum, {bytes}) => sum + bytes, 0)
}

/** What an entry says may be no time at all. */
function isoTime(ms: number): string {
  const date = new Date(ms)
  return Number.isNaN(date.getTime()) ? new Date(0).toISOString() : date.toISOString()
}
