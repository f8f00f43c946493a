import {UserError} from './errors.ts'
import {ExitCode} from './exit-code.ts'

const UNITS = {d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000} as const

/** Milliseconds of `1d2h3m4s`; each part is optional, but one must be there (reference/commands.md §2.8). @throws UserError (exit 2). */
export function parseDuration(text: string): number {
  const match = /^(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/i.exec(text)
  if (!match || text === '') {
    throw new UserError(`Invalid time span: ${text}`, {
      code: 'duration.malformed',
      exitCode: ExitCode.usage,
      remedy: 'A time span is days, hours, minutes and seconds in that order, for example 1h30m or 45s.',
    })
  }
  const [, d = '0', h = '0', m = '0', s = '0'] = match
  return Number(d) * UNITS.d + Number(h) * UNITS.h + Number(m) * UNITS.m + Number(s) * UNITS.s
}

/** The shortest text that parses to the same duration, whole seconds. */
export function formatDuration(ms: number): string {
  let rest = Math.round(ms / 1_000) * 1_000
  const parts = Object.entries(UNITS).flatMap(([unit, size]) => {
    const count = Math.floor(rest / size)
    rest -= count * size
    return count > 0 ? [`${count}${unit}`] : []
  })
  return parts.join('') || '0s'
}
