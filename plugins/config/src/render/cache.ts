import {type CacheContents, formatDuration, safeLine} from '@auroractl/cli'

/** What the cache holds: a line for all, and one for each file with when it was last of use. */
export function cacheText({folder, bytes, entries}: CacheContents, now: number): string {
  if (entries.length === 0) return `Nothing is kept in ${folder}\n`
  const sizes = entries.map((entry) => sizeText(entry.bytes))
  const ages = entries.map(({used}) => `${ageText(now - Date.parse(used))} ago`)
  const [sizeWidth, ageWidth] = [sizes, ages].map((column) => Math.max(...column.map(({length}) => length)))
  const lines = entries.map(({file}, i) => {
    const name = file === null ? '(damaged)' : safeLine(file)
    return `  ${(sizes[i] ?? '').padStart(sizeWidth ?? 0)}  ${(ages[i] ?? '').padStart(ageWidth ?? 0)}  ${name}\n`
  })
  return `${countText(entries.length)} (${sizeText(bytes)}) in ${folder}\n${lines.join('')}`
}

export function countText(count: number): string {
  return count === 1 ? '1 evaluation' : `${count} evaluations`
}

export function sizeText(bytes: number): string {
  return bytes < 1_000_000 ? `${(bytes / 1_000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}

/** The greatest unit alone. */
function ageText(ms: number): string {
  return /^\d+[a-z]/.exec(formatDuration(Math.max(0, ms)))?.[0] ?? '0s'
}
