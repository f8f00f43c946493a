export type FileNode = {kind: 'directory'; entries: ReadonlySet<string>} | {kind: 'file'; content: () => Uint8Array}

const EMPTY_DIRECTORIES = ['/tmp', '/home/aurora', '/dev']

/** All files the guest can see: read-only, in memory, made from a list of paths. Nothing of the host's disk is among them. */
export class FileSystem {
  readonly #files: ReadonlyMap<string, () => Uint8Array>
  readonly #directories = new Map<string, Set<string>>([['/', new Set()]])

  /** Contents are asked for when a file is first opened. */
  constructor(files: ReadonlyMap<string, () => Uint8Array>) {
    this.#files = files
    for (const path of files.keys()) this.#addToParent(path)
    for (const path of EMPTY_DIRECTORIES) {
      this.#addToParent(path)
      this.#directories.set(path, new Set())
    }
  }

  /** What is at an absolute, normalized path. */
  node(path: string): FileNode | undefined {
    const entries = this.#directories.get(path)
    if (entries) return {kind: 'directory', entries}
    const content = this.#files.get(path)
    return content && {kind: 'file', content}
  }

  #addToParent(path: string): void {
    const slash = path.lastIndexOf('/')
    const parent = path.slice(0, slash) || '/'
    const known = this.#directories.get(parent)
    if (!known) this.#directories.set(parent, new Set())
    this.#directories.get(parent)?.add(path.slice(slash + 1))
    if (!known && parent !== '/') this.#addToParent(parent)
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
