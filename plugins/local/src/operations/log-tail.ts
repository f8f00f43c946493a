import {closeSync, constants, fstatSync, openSync, readSync} from 'node:fs'

/** No more of a file's end is looked at; a log has at most some MB. */
const MAX_TAIL = 8 * 1024 * 1024

/** The last lines of a file, and where it ended; undefined when it is not there. */
export function tailLines(path: string, count: number): {lines: string[]; size: number} | undefined {
  let file: number
  try {
    // A pipe in the file's place must not make us wait.
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  } catch {
    return undefined
  }
  try {
    const stats = fstatSync(file)
    if (!stats.isFile()) return undefined
    const {size} = stats
    const text = readFrom(file, Math.max(0, size - MAX_TAIL), size)
    const lines = text.split('\n')
    if (lines.at(-1) === '') lines.pop()
    return {lines: count > 0 ? lines.slice(-count) : [], size}
  } finally {
    closeSync(file)
  }
}

/** What a file has from an offset on, up to its last whole line. */
export function linesFrom(path: string, from: number): {lines: string[]; end: number} {
  const file = openSync(path, 'r')
  try {
    const text = readFrom(file, from, fstatSync(file).size)
    const whole = text.slice(0, text.lastIndexOf('\n') + 1)
    return {lines: whole.split('\n').slice(0, -1), end: from + Buffer.byteLength(whole)}
  } finally {
    closeSync(file)
  }
}

function readFrom(file: number, from: number, to: number): string {
  const bytes = Buffer.alloc(Math.max(0, to - from))
  const read = readSync(file, bytes, 0, bytes.length, from)
  return bytes.toString('utf8', 0, read)
}
