import {constants} from 'node:fs'
import {type FileHandle, open, realpath, stat} from 'node:fs/promises'
import type {Json, JsonObject} from '../../../model/json.ts'
import type {Lend} from '../lending.ts'
import {absolute, isGranted} from './granted-path.ts'

const MAX_BYTES = 1 << 20
const MAX_PATH = 4_096

/** Files, by path, after links have been resolved. */
export const lendRead: Lend = ({hook, folder, tell, spend}) => ({
  async read([path, options]) {
    if (typeof path !== 'string' || path === '' || path.length > MAX_PATH || path.includes('\0')) {
      throw new TypeError('ctx.read: its first argument must be a path')
    }
    const encoding = readEncoding(options)
    const real = await realpath(absolute(path, folder)).catch(() => undefined)
    // What is not granted is not there, either way.
    const granted = hook.needs.read ?? []
    const found = real !== undefined && (await Promise.all(granted.map((each) => isGranted(real, each, folder)))).includes(true)
    if (!found) {
      throw new Error(`ctx.read: there is no file '${path}' among those that the hook may read; name it in "needs": {"read": […]}`)
    }
    tell(path)
    const bytes = await readWhole(real, path)
    spend(bytes.length)
    return bytes.toString(encoding)
  },
})

/** The bytes of the very file whose path was checked: another process may put something else in its place. */
async function readWhole(real: string, shown: string): Promise<Buffer> {
  // A pipe would be waited for, and some devices do something when they are opened.
  if (!(await stat(real)).isFile()) throw new Error(`ctx.read: '${shown}' is no file`)
  const file = await open(real, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  try {
    const found = await file.stat()
    const now = await stat(real)
    if (!found.isFile() || found.ino !== now.ino || found.dev !== now.dev || (await realpath(real)) !== real) {
      throw new Error(`ctx.read: '${shown}' was replaced while it was opened`)
    }
    return await readAtMost(file, MAX_BYTES, shown)
  } finally {
    await file.close()
  }
}

/** Counts what is read, and not what the file claims to be. */
async function readAtMost(file: FileHandle, most: number, shown: string): Promise<Buffer> {
  const buffer = Buffer.alloc(most + 1)
  let size = 0
  for (;;) {
    const {bytesRead} = await file.read(buffer, size, buffer.length - size)
    size += bytesRead
    if (size > most) throw new Error(`ctx.read: '${shown}' has more than ${most} bytes`)
    if (bytesRead === 0) return buffer.subarray(0, size)
  }
}

function readEncoding(options: Json | undefined): 'utf8' | 'base64' {
  const {encoding = 'utf8'} = (options ?? {}) as Partial<JsonObject>
  if (encoding === 'utf8' || encoding === 'base64') return encoding
  throw new TypeError("ctx.read: encoding must be 'utf8' or 'base64'")
}
