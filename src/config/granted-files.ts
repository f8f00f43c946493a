import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  lstatSync,
  openSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  statSync,
  type Dirent,
  type Stats,
} from 'node:fs'
import {homedir} from 'node:os'
import {basename, dirname, join, resolve, sep} from 'node:path'
import type {DirectoryEntry, ErrnoName, FileKind, FileStat} from '../sandbox/python/file-system.ts'

export interface ReadOptions {
  /** Folders whose files the configuration may read; without them, its project: the repository that it lies in, else its own folder. */
  readonly roots?: readonly string[]
  /** More folders, besides those. */
  readonly readable?: readonly string[]
}

/** The content of a file, or of a folder, with its real path. */
export type Content = {readonly real: string; readonly bytes: Buffer} | {readonly real: string; readonly entries: readonly DirectoryEntry[]}

export const MAX_FILE_BYTES = 8 << 20
/** As on most systems; each part of a path is looked at, so a long one would cost much. */
const MAX_PATH = 4096

/** The files that a configuration may look at: those inside its roots, whatever links say. Paths are absolute. */
export class GrantedFiles {
  readonly roots: readonly string[]
  /** What was asked for outside of the roots. */
  readonly denied = new Set<string>()
  /** How the hidden files of a home begin, where keys are, when all of it would be granted without a word. */
  readonly #private: string | undefined
  readonly #named: readonly string[]

  constructor(folder: string, {roots, readable = []}: ReadOptions) {
    const home = realOrMissing(resolve(homedir())).nearest
    const project = projectOf(folder, home)
    if (!roots && isBelow(home, project)) this.#private = `${home}${sep}.`
    const granted = roots ? roots.map((root) => realpathSync(root)) : [project]
    this.#named = readable.filter((each) => existsSync(each)).map((each) => realpathSync(each))
    this.roots = [...granted, ...this.#named]
  }

  stat(path: string, followLinks: boolean): FileStat | ErrnoName {
    return attempt(path, () => {
      if (this.#leadsToRoot(path)) return {kind: 'directory', size: 0, modified: 0}
      const followed = followLinks ? this.#real(path) : this.#inParent(path)
      return typeof followed === 'string' ? describe(followLinks ? statSync(followed) : lstatSync(followed)) : followed.errno
    })
  }

  link(path: string): {target: string} | ErrnoName {
    return attempt(path, () => {
      if (this.#leadsToRoot(path)) return 'EINVAL'
      const found = this.#inParent(path)
      return typeof found === 'string' ? {target: readlinkSync(found)} : found.errno
    })
  }

  open(path: string): Content | ErrnoName {
    return attempt(path, () => {
      const real = this.#real(path)
      if (typeof real !== 'string') return real.errno
      const stat = statSync(real)
      if (stat.isDirectory()) return {real, entries: readdirSync(real, {withFileTypes: true}).map(entryOf).toSorted(byName)}
      // A pipe or a device would be waited for.
      if (!stat.isFile()) return 'EINVAL'
      return stat.size > MAX_FILE_BYTES ? 'EFBIG' : contentOf(real)
    })
  }

  #real(path: string): string | {errno: ErrnoName} {
    const real = realOrMissing(path)
    if (!this.#isInside(real.nearest)) return this.#deny(path)
    return real.missing ?? real.nearest
  }

  /** The path with all but its last part resolved: a link itself, and not what it leads to. */
  #inParent(path: string): string | {errno: ErrnoName} {
    if (this.roots.includes(path)) return path
    const parent = this.#real(dirname(path))
    return typeof parent === 'string' ? join(parent, basename(path)) : parent
  }

  #isInside(path: string): boolean {
    const roots = this.#private !== undefined && path.startsWith(this.#private) ? this.#named : this.roots
    return roots.some((root) => isBelow(path, root))
  }

  /** Whether it is a folder above a root: that it is there is no secret, and what resolves paths looks at each part. */
  #leadsToRoot(path: string): boolean {
    return this.roots.some((root) => root.startsWith(path.endsWith(sep) ? path : path + sep))
  }

  #deny(path: string): {errno: ErrnoName} {
    this.denied.add(path)
    return {errno: 'EACCES'}
  }
}

/** The bytes of the file that was looked at: another process may put a link in its place, or in that of a folder above, between look and reading. */
function contentOf(real: string): Content | ErrnoName {
  const file = openSync(real, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  try {
    const {ino, dev, size} = fstatSync(file)
    const now = statSync(real)
    if (realpathSync(real) !== real || now.ino !== ino || now.dev !== dev || size > MAX_FILE_BYTES) return 'EIO'
    return {real, bytes: readFileSync(file)}
  } finally {
    closeSync(file)
  }
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep)
}

/** The real path of what is there, else of the nearest folder above: where something is missing is told inside the roots alone. */
function realOrMissing(path: string): {nearest: string; missing?: {errno: ErrnoName}} {
  try {
    return {nearest: realpathSync(path)}
  } catch (error) {
    if (path === sep) throw error
    return {nearest: realOrMissing(dirname(path)).nearest, missing: {errno: errnoName(error)}}
  }
}

function attempt<T>(path: string, look: () => T | ErrnoName): T | ErrnoName {
  if (path.length > MAX_PATH) return 'ENAMETOOLONG'
  try {
    return look()
  } catch (error) {
    return errnoName(error)
  }
}

function errnoName(error: unknown): ErrnoName {
  const {code} = error as NodeJS.ErrnoException
  if (code === undefined) throw error
  return isKnown(code) ? code : 'EIO'
}

function isKnown(code: string): code is ErrnoName {
  return ['ENOENT', 'EACCES', 'ENOTDIR', 'ELOOP', 'EINVAL', 'EISDIR', 'ENAMETOOLONG'].includes(code)
}

function describe(stat: Stats): FileStat {
  const kind = kindOf(stat)
  return kind === 'file' ? {kind, size: stat.size, modified: Math.floor(stat.mtimeMs) / 1000} : {kind, size: 0, modified: 0}
}

function kindOf(entry: Stats | Dirent): FileKind {
  return entry.isDirectory() ? 'directory' : entry.isSymbolicLink() ? 'link' : 'file'
}

function entryOf(entry: Dirent): DirectoryEntry {
  return [entry.name, kindOf(entry)]
}

function byName([a]: DirectoryEntry, [b]: DirectoryEntry): number {
  return a < b ? -1 : 1
}

/** The repository that a folder belongs to, else the folder. A home is no project, even under version control: keys are in it. */
function projectOf(folder: string, home: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (at === home) return folder
    if (existsSync(`${at}/.git`)) return at
    if (at === dirname(at)) return folder
  }
}
