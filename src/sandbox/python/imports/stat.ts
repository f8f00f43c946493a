import type {FileStat} from '../file-system.ts'

const MODES = {directory: 0o40555, file: 0o100444, link: 0o120777, device: 0o20666} as const

interface Stat extends Omit<FileStat, 'kind'> {
  kind: keyof typeof MODES
  path: string
}

/** Writes Emscripten's `struct stat`: the offsets are its layout on wasm32. All three times are that of the last change. */
export function putStat(view: DataView, at: number, stat: Stat): void {
  for (let offset = 0; offset < 96; offset += 4) view.setUint32(at + offset, 0, true)
  view.setUint32(at, 1, true) // st_dev
  view.setUint32(at + 4, MODES[stat.kind], true)
  view.setUint32(at + 8, 1, true) // st_nlink
  view.setBigInt64(at + 24, BigInt(stat.size), true)
  view.setInt32(at + 32, 4096, true) // st_blksize
  view.setInt32(at + 36, Math.ceil(stat.size / 512), true) // st_blocks
  for (const offset of [40, 56, 72]) {
    view.setBigInt64(at + offset, BigInt(Math.floor(stat.modified)), true)
    view.setInt32(at + offset + 8, Math.floor((stat.modified % 1) * 1e9), true)
  }
  view.setBigInt64(at + 88, BigInt(inode(stat.path)), true)
}

/** Python compares files by device and inode, so each path needs a number of its own. */
function inode(path: string): number {
  let hash = 1
  for (let index = 0; index < path.length; index++) hash = (Math.imul(hash, 31) + path.charCodeAt(index)) >>> 0
  return hash
}
