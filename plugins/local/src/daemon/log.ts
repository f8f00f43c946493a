import {appendFileSync, mkdirSync, renameSync, statSync} from 'node:fs'
import {dirname} from 'node:path'

export type Log = (text: string) => void

const MAX_BYTES = 5 * 1024 * 1024

/** Appends dated lines to a file, which becomes `….1` when it is full: at most two files. */
export function openLog(path: string, maxBytes = MAX_BYTES): Log {
  mkdirSync(dirname(path), {recursive: true, mode: 0o700})
  let size = statSync(path, {throwIfNoEntry: false})?.size ?? 0
  return (text) => {
    const line = `${new Date().toISOString()} ${text.trimEnd().replaceAll('\n', '\n  ')}\n`
    if (size > 0 && size + line.length > maxBytes) {
      renameSync(path, `${path}.1`)
      size = 0
    }
    appendFileSync(path, line, {mode: 0o600})
    size += Buffer.byteLength(line)
  }
}
