import type {Errno} from './errno.ts'

export type FileKind = 'file' | 'directory' | 'link'

export interface FileStat {
  kind: FileKind
  size: number
  /** Seconds since 1970. */
  modified: number
}

export type OpenedFile = {kind: 'file'; data: Uint8Array} | {kind: 'directory'; entries: readonly DirectoryEntry[]}
export type DirectoryEntry = readonly [name: string, kind: FileKind]

/** Files that a guest may look at, by absolute and normalized paths. An answer is what is there, or why that is not told. */
export interface Files {
  stat(path: string, followLinks: boolean): FileStat | ErrnoName
  open(path: string): OpenedFile | ErrnoName
  /** Where a symbolic link leads. */
  link(path: string): {target: string} | ErrnoName
}

export type ErrnoName = keyof typeof Errno

/** Where Python looks for its library. Nothing of the host's is below. */
const LIBRARY = '/lib/python3'
const EMPTY_DIRECTORIES = ['/tmp', '/home/aurora', '/dev']

/** All files the guest can see, read-only: its library, in memory, and those that the host grants. */
export class FileSystem implements Files {
  readonly #files: ReadonlyMap<string, () => Uint8Array>
  readonly #host: Files | undefined
  readonly #directories = new Map<string, Map<string, FileKind>>([['/', new Map()]])

  /** Contents are asked for when a file is first opened. */
  constructor(files: ReadonlyMap<string, () => Uint8Array>, host?: Files) {
    this.#files = files
    this.#host = host
    for (const path of files.keys()) this.#addToParent(path, 'file')
    for (const path of EMPTY_DIRECTORIES) {
      this.#addToParent(path, 'directory')
      this.#directories.set(path, new Map())
    }
  }

  stat(path: string, followLinks: boolean): FileStat | ErrnoName {
    const host = this.#hostOf(path)
    if (host) return host.stat(path, followLinks)
    const content = this.#files.get(path)
    if (content) return {kind: 'file', size: content().length, modified: 0}
    return this.#directories.has(path) ? {kind: 'directory', size: 0, modified: 0} : 'ENOENT'
  }

  open(path: string): OpenedFile | ErrnoName {
    const host = this.#hostOf(path)
    if (host) return host.open(path)
    const content = this.#files.get(path)
    if (content) return {kind: 'file', data: content()}
    const entries = this.#directories.get(path)
    return entries ? {kind: 'directory', entries: [...entries]} : 'ENOENT'
  }

  link(path: string): {target: string} | ErrnoName {
    const host = this.#hostOf(path)
    if (host) return host.link(path)
    return this.#files.has(path) || this.#directories.has(path) ? 'EINVAL' : 'ENOENT'
  }

  #hostOf(path: string): Files | undefined {
    return path.startsWith(LIBRARY) ? undefined : this.#host
  }

  #addToParent(path: string, kind: FileKind): void {
    const slash = path.lastIndexOf('/')
    const parent = path.slice(0, slash) || '/'
    const known = this.#directories.get(parent)
    if (!known) this.#directories.set(parent, new Map())
    this.#directories.get(parent)?.set(path.slice(slash + 1), kind)
    if (!known && parent !== '/') this.#addToParent(parent, 'directory')
  }
}

/** An absolute path without `.` and `..`; these cannot lead above the root. */
export function normalize(base: string, path: string): string {
  const names: string[] = []
  for (const name of (path.startsWith('/') ? path : `${base}/${path}`).split('/')) {
    if (name === '..') names.pop()
    else if (name !== '' && name !== '.') names.push(name)
  }
  return `/${names.join('/')}`
}
