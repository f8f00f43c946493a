import {hash, randomUUID} from 'node:crypto'
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  type Stats,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import {join} from 'node:path'

/** A file of the folder. */
export interface CacheFile {
  readonly name: string
  readonly bytes: number
  /** When it was last written or of use, in milliseconds. */
  readonly used: number
}

const MAX_FILES = 200
const MAX_BYTES = 128 << 20
const MAX_FILE_BYTES = 32 << 20
const {O_NOFOLLOW, O_NONBLOCK, O_RDONLY} = constants

/** A folder of texts that can be made again: the user's alone, bounded, and safe to use from several processes at once. */
export class CacheFolder {
  readonly path: string

  constructor(path: string) {
    this.path = path
  }

  /** A text as it was written; undefined where there is none, or one that is damaged, too large or not the user's own. */
  read(name: string): string | undefined {
    const path = join(this.path, name)
    const bytes = attempt(() => (isOurs(lstatSync(this.path)) ? readOurs(path) : undefined))
    if (!bytes) return undefined
    const sum = bytes.subarray(0, bytes.indexOf(10)).toString()
    const text = bytes.subarray(sum.length + 1)
    if (sum !== hash('sha256', text)) return undefined
    return text.toString()
  }

  /** Keeps a text from being among the oldest. */
  touch(name: string): void {
    const now = new Date()
    attempt(() => utimesSync(join(this.path, name), now, now))
  }

  /** Puts a text in the place of an earlier one, at once and whole. The oldest make room. @throws what the system says */
  write(name: string, text: string): void {
    if (Buffer.byteLength(text) > MAX_FILE_BYTES) throw new Error('it is too large to be kept')
    mkdirSync(this.path, {recursive: true, mode: 0o700})
    if (!isOurs(lstatSync(this.path))) throw new Error(`${this.path} is open to others`)
    const made = join(this.path, `${randomUUID()}.new`)
    try {
      writeFileSync(made, `${hash('sha256', text)}\n${text}`, {mode: 0o600, flag: 'wx'})
      renameSync(made, join(this.path, name))
    } catch (error) {
      rmSync(made, {force: true})
      throw error
    }
    this.#prune()
  }

  /** What is there, the latest used first. */
  list(): CacheFile[] {
    const names = attempt(() => readdirSync(this.path)) ?? []
    const files = names.flatMap((name) => {
      const stat = attempt(() => lstatSync(join(this.path, name)))
      return stat?.isFile() ? [{name, bytes: stat.size, used: stat.mtimeMs}] : []
    })
    return files.toSorted((a, b) => b.used - a.used)
  }

  /** Removes everything, and tells what it was. */
  clear(): CacheFile[] {
    return this.list().filter(({name}) => this.#remove(name))
  }

  #prune(): void {
    let bytes = 0
    for (const [i, file] of this.list().entries()) {
      bytes += file.bytes
      if (i >= MAX_FILES || bytes > MAX_BYTES) this.#remove(file.name)
    }
  }

  #remove(name: string): boolean {
    return attempt(() => (rmSync(join(this.path, name)), true)) ?? false
  }
}

function readOurs(path: string): Buffer | undefined {
  const file = openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
  try {
    const stat = fstatSync(file)
    return stat.isFile() && stat.size <= MAX_FILE_BYTES + 65 && isOurs(stat) ? readFileSync(file) : undefined
  } finally {
    closeSync(file)
  }
}

/** Whether nobody else can have written it. */
function isOurs(stat: Stats): boolean {
  return stat.uid === process.getuid?.() && (stat.mode & 0o022) === 0
}

function attempt<T>(run: () => T): T | undefined {
  try {
    return run()
  } catch {
    return undefined
  }
}
