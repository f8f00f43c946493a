export type Status = 'ok' | 'warning' | 'problem'

/** What a check found. */
export interface Finding {
  /** What was looked at: `versions`, `sandbox`, `plugins` … */
  check: string
  subject: string
  status: Status
  text: string
  /** What to do about it. */
  remedy?: string
}

/** The sum of findings: the worst of them. */
export function worst(findings: readonly Finding[]): Status {
  const statuses = findings.map(({status}) => status)
  return statuses.includes('problem') ? 'problem' : statuses.includes('warning') ? 'warning' : 'ok'
}

/** `0.8 s`, `35 ms`. */
export function timeText(ms: number): string {
  return ms >= 1_000 ? `${(ms / 1_000).toFixed(1)} s` : `${Math.round(ms)} ms`
}
