import {realpath} from 'node:fs/promises'
import {homedir} from 'node:os'
import {isAbsolute, join, resolve, sep} from 'node:path'
import {matches} from '../../condition.ts'

/** The absolute path that a hook means. */
export function absolute(path: string, folder: string): string {
  if (path.startsWith('~/')) return join(homedir(), path.slice(2))
  return resolve(folder, path)
}

/** Whether the real path `real` is what `granted` names: that file, or one below that folder, whatever links say. */
export async function isGranted(real: string, granted: string, folder: string): Promise<boolean> {
  const parts = absolute(granted, folder).split(sep).slice(1)
  const firstPattern = parts.findIndex((part) => part.includes('*'))
  const fixed = firstPattern === -1 ? parts : parts.slice(0, firstPattern)
  const base = await realpath(sep + fixed.join(sep)).catch(() => undefined)
  if (base === undefined) return false
  // What a project names lies in the project: a link in a cloned repository must not lead to the user's keys.
  const ownPath = !isAbsolute(granted) && !granted.startsWith('~/')
  if (ownPath && !isBelow(base, await realpath(folder))) return false
  if (!isBelow(real, base)) return false
  const below = real.slice(base === sep ? 1 : base.length + 1).split(sep)
  const patterns = firstPattern === -1 ? [] : parts.slice(firstPattern)
  return patterns.length <= below.length && patterns.every((pattern, index) => matches(pattern, below[index] ?? ''))
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep)
}
