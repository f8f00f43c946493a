import {Errno} from '../errno.ts'
import {type ErrnoName, type FileKind, normalize} from '../file-system.ts'
import type {Guest, Imports} from '../guest.ts'
import {putStat} from './stat.ts'

/** The descriptor that stands for the current directory in the `…at` calls. */
const CURRENT_DIRECTORY = -100
const OPEN_ACCESS_MODE = 0o3
const OPEN_DIRECTORY = 0o200000
const HOST_DEVICE = '/dev/host'
const ENTRY_SIZE = 280
const WRITE_ACCESS = 2
const NO_FOLLOW = 0x100
/** Commands of fcntl: F_DUPFD and F_DUPFD_CLOEXEC; and those that get and set flags, which have no effect here. */
const DUPLICATE: ReadonlySet<number> = new Set([0, 1030])
const FLAGS: ReadonlySet<number> = new Set([1, 2, 3, 4])

/** The types that directory entries have. */
const ENTRY_TYPES: Readonly<Record<FileKind, number>> = {directory: 4, file: 8, link: 10}

/** Opening, looking at and listing the read-only files (Emscripten's system calls: a negative result is an error number). */
export function fileImports(guest: Guest): Imports {
  const pathOf = (directory: number, pointer: number): string => {
    const open = guest.descriptors.get(directory)
    const path = guest.memory.text(pointer >>> 0)
    if (directory !== CURRENT_DIRECTORY && open?.kind === 'directory') return normalize(open.path, path)
    if (!path.startsWith('/')) guest.used.add('directory')
    return normalize(guest.directory, path)
  }
  const failed = (name: ErrnoName): number => -Errno[name]
  const stat = (path: string, result: number, followLinks = true): number => {
    const found = guest.files.stat(path, followLinks)
    if (typeof found === 'string') return failed(found)
    putStat(guest.memory.view, result >>> 0, {...found, path})
    return 0
  }
  const add = (descriptor: Parameters<typeof guest.descriptors.add>[0]): number => guest.descriptors.add(descriptor) ?? -Errno.EMFILE

  return {
    __syscall_openat(directory: number, pointer: number, flags: number) {
      const path = pathOf(directory, pointer)
      if (path === HOST_DEVICE) return add({kind: 'host', reply: new Uint8Array(), position: 0})
      if ((flags & OPEN_ACCESS_MODE) !== 0) return -Errno.EROFS
      const opened = guest.files.open(path)
      if (typeof opened === 'string') return failed(opened)
      if (opened.kind === 'file' && flags & OPEN_DIRECTORY) return -Errno.ENOTDIR
      return add({...opened, path, position: 0})
    },
    __syscall_stat64: (path: number, result: number) => stat(pathOf(CURRENT_DIRECTORY, path), result),
    __syscall_lstat64: (path: number, result: number) => stat(pathOf(CURRENT_DIRECTORY, path), result, false),
    __syscall_newfstatat: (directory: number, path: number, result: number, flags: number) =>
      stat(pathOf(directory, path), result, (flags & NO_FOLLOW) === 0),
    __syscall_fstat64(fd: number, result: number) {
      const open = guest.descriptors.get(fd)
      if (!open) return -Errno.EBADF
      const size = open.kind === 'file' ? open.data.length : 0
      const seen =
        open.kind === 'directory' || open.kind === 'file' ? {kind: open.kind, path: open.path} : {kind: 'device' as const, path: `fd${fd}`}
      putStat(guest.memory.view, result >>> 0, {...seen, size, modified: 0})
      return 0
    },
    __syscall_faccessat(directory: number, path: number, mode: number) {
      const found = guest.files.stat(pathOf(directory, path), true)
      if (typeof found === 'string') return failed(found)
      return mode & WRITE_ACCESS ? -Errno.EROFS : 0
    },
    __syscall_readlinkat(directory: number, path: number, result: number, capacity: number) {
      const found = guest.files.link(pathOf(directory, path))
      if (typeof found === 'string') return failed(found)
      const bytes = Buffer.from(found.target).subarray(0, capacity)
      guest.memory.bytes.set(bytes, result >>> 0)
      return bytes.length
    },
    __syscall_getcwd(result: number, capacity: number) {
      guest.used.add('directory')
      const size = Buffer.byteLength(guest.directory) + 1
      if (capacity < size) return -Errno.ERANGE
      guest.memory.putText(result >>> 0, guest.directory, capacity)
      return size
    },
    __syscall_chdir(pointer: number) {
      const path = pathOf(CURRENT_DIRECTORY, pointer)
      const found = guest.files.stat(path, true)
      if (typeof found === 'string') return failed(found)
      if (found.kind !== 'directory') return -Errno.ENOTDIR
      guest.directory = path
      return 0
    },
    __syscall_getdents64(fd: number, result: number, capacity: number) {
      const open = guest.descriptors.get(fd)
      if (open?.kind !== 'directory') return -Errno.ENOTDIR
      const entries = [['.', 'directory'], ['..', 'directory'], ...open.entries] as const
      const {memory} = guest
      let size = 0
      for (; open.position < entries.length && size + ENTRY_SIZE <= capacity; size += ENTRY_SIZE) {
        const [name, kind] = entries[open.position++] ?? ['', 'file']
        const at = (result >>> 0) + size
        memory.view.setBigInt64(at, BigInt(open.position), true)
        memory.view.setBigInt64(at + 8, BigInt(open.position), true)
        memory.view.setUint16(at + 16, ENTRY_SIZE, true)
        memory.view.setUint8(at + 18, ENTRY_TYPES[kind])
        memory.putText(at + 19, name, ENTRY_SIZE - 19)
      }
      return size
    },
    __syscall_ioctl: (fd: number) => (guest.descriptors.get(fd) ? -Errno.ENOTTY : -Errno.EBADF),
    __syscall_fcntl64(fd: number, command: number) {
      const open = guest.descriptors.get(fd)
      if (!open) return -Errno.EBADF
      if (DUPLICATE.has(command)) return add(open)
      return FLAGS.has(command) ? 0 : -Errno.EINVAL
    },
    __syscall_dup(fd: number) {
      const open = guest.descriptors.get(fd)
      return open ? add(open) : -Errno.EBADF
    },
    __syscall_poll: () => 0,
    __syscall_umask_js: () => 0o22,
    __syscall_getuid32_js: () => 1000,
  }
}
