import type {Stats} from 'node:fs'

/** Why what is there cannot be trusted as the user's own: others could have written it, or can change it. */
export function notOurs({mode, uid}: Stats): string | undefined {
  if ((mode & 0o002) !== 0) return 'it can be written by every user of this machine'
  const own = process.getuid?.()
  return own !== undefined && uid !== own && uid !== 0 ? 'it belongs to another user' : undefined
}

/** Why what is there cannot be trusted as the site's: only root may write it. */
export function notRoots({mode, uid}: Stats): string | undefined {
  if (uid !== 0) return 'it does not belong to root'
  return (mode & 0o022) !== 0 ? 'it can be written by others than root' : undefined
}
