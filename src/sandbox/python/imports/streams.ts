import {Errno} from '../errno.ts'
import type {Descriptor} from '../descriptors.ts'
import type {Guest, Imports} from '../guest.ts'

/** WASI's types of files. No stream is a character device: that would make it a terminal. */
const FILE_TYPES = {stream: 0, host: 0, directory: 3, file: 4} as const

/** Reading, writing and seeking on open descriptors (WASI). */
export function streamImports(guest: Guest): Imports {
  return {
    fd_close: (fd: number) => (guest.descriptors.close(fd) ? 0 : Errno.EBADF),
    fd_read(fd: number, vectors: number, count: number, read: number) {
      const open = guest.descriptors.get(fd)
      if (!open) return Errno.EBADF
      if (open.kind === 'directory') return Errno.EISDIR
      return scatter(guest, vectors, count, read, (length) => take(open, length))
    },
    fd_pread(fd: number, vectors: number, count: number, offset: bigint, read: number) {
      const open = guest.descriptors.get(fd)
      if (open?.kind !== 'file') return Errno.EBADF
      const from = {...open, position: Number(offset)}
      return scatter(guest, vectors, count, read, (length) => take(from, length))
    },
    fd_pwrite: () => Errno.EROFS,
    fd_write(fd: number, vectors: number, count: number, written: number) {
      const open = guest.descriptors.get(fd)
      if (!open) return Errno.EBADF
      if (open.kind === 'file' || open.kind === 'directory') return Errno.EROFS
      const bytes = gather(guest, vectors, count, guest.maxRequestBytes)
      if (!bytes) return Errno.EMSGSIZE
      if (open.kind === 'host') {
        open.reply = guest.host(bytes)
        open.position = 0
      } else if (open.stream !== 'stdin') guest.output(open.stream, bytes)
      guest.memory.view.setUint32(written >>> 0, bytes.length, true)
      return 0
    },
    fd_seek(fd: number, offset: bigint, whence: number, result: number) {
      const open = guest.descriptors.get(fd)
      if (!open) return Errno.EBADF
      if (open.kind !== 'file') return Errno.ESPIPE
      const base = whence === 0 ? 0 : whence === 1 ? open.position : open.data.length
      const target = base + Number(offset)
      if (target < 0 || !Number.isSafeInteger(target)) return Errno.EINVAL
      open.position = target
      guest.memory.view.setBigInt64(result >>> 0, BigInt(target), true)
      return 0
    },
    fd_sync: () => 0,
    fd_fdstat_get(fd: number, result: number) {
      const open = guest.descriptors.get(fd)
      if (!open) return Errno.EBADF
      const at = result >>> 0
      guest.memory.bytes.fill(0, at, at + 24)
      guest.memory.view.setUint8(at, FILE_TYPES[open.kind])
      return 0
    },
  }
}

/** The next bytes of a descriptor; none at its end. Standard input is always at its end. */
function take(open: Exclude<Descriptor, {kind: 'directory'}>, length: number): Uint8Array {
  if (open.kind === 'stream') return new Uint8Array()
  const data = open.kind === 'file' ? open.data : open.reply
  const chunk = data.subarray(open.position, open.position + length)
  open.position += chunk.length
  return chunk
}

function scatter(guest: Guest, vectors: number, count: number, total: number, next: (length: number) => Uint8Array): number {
  const {bytes, view} = guest.memory
  let sum = 0
  for (let index = 0; index < count; index++) {
    const [pointer, length] = vector(view, vectors, index)
    const chunk = next(length)
    bytes.set(chunk, pointer)
    sum += chunk.length
    if (chunk.length < length) break
  }
  view.setUint32(total >>> 0, sum, true)
  return 0
}

/** A copy of what the guest wrote; undefined when it is more than `most` bytes. */
function gather(guest: Guest, vectors: number, count: number, most: number): Uint8Array | undefined {
  const {bytes, view} = guest.memory
  const chunks: Uint8Array[] = []
  let sum = 0
  for (let index = 0; index < count; index++) {
    const [pointer, length] = vector(view, vectors, index)
    sum += length
    if (sum > most) return undefined
    chunks.push(bytes.subarray(pointer, pointer + length))
  }
  return Buffer.concat(chunks)
}

function vector(view: DataView, vectors: number, index: number): [pointer: number, length: number] {
  const at = (vectors >>> 0) + 8 * index
  return [view.getUint32(at, true), view.getUint32(at + 4, true)]
}
