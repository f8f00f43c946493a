import type {DirectoryEntry} from './file-system.ts'

/** What a file descriptor of the guest stands for. */
export type Descriptor =
  | {kind: 'stream'; stream: 'stdin' | 'stdout' | 'stderr'}
  | {kind: 'file'; path: string; data: Uint8Array; position: number}
  | {kind: 'directory'; path: string; entries: readonly DirectoryEntry[]; position: number}
  | {kind: 'host'; reply: Uint8Array; position: number}

const MOST = 1024

/** The guest's table of open files. */
export class Descriptors {
  readonly #open: (Descriptor | undefined)[] = [
    {kind: 'stream', stream: 'stdin'},
    {kind: 'stream', stream: 'stdout'},
    {kind: 'stream', stream: 'stderr'},
  ]

  get(fd: number): Descriptor | undefined {
    return this.#open[fd]
  }

  /** The lowest free number, as POSIX wants it; undefined when too many are open. */
  add(descriptor: Descriptor): number | undefined {
    const free = this.#open.findIndex((entry) => entry === undefined)
    const fd = free === -1 ? this.#open.length : free
    if (fd >= MOST) return undefined
    this.#open[fd] = descriptor
    return fd
  }

  close(fd: number): boolean {
    if (!this.#open[fd]) return false
    this.#open[fd] = undefined
    return true
  }
}
