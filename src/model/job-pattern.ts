import {UserError} from './errors.ts'
import {ExitCode} from './exit-code.ts'
import {type JobKey, parseJobKey} from './job-key.ts'

/** `cluster[/role[/env[/name]]]` with shell wildcards; a missing part is `*` (reference/commands.md §2.4). */
export interface JobPattern {
  cluster: string
  role: string
  environment: string
  name: string
}

/** @throws UserError (exit 2) for no part, an empty part or more than four. */
export function parseJobPattern(text: string): JobPattern {
  const parts = text.split('/')
  if (parts.length > 4 || parts.includes('')) {
    throw new UserError(`invalid job pattern: '${text}'`, {
      code: 'job-pattern.malformed',
      exitCode: ExitCode.usage,
      remedy: "A pattern is CLUSTER[/ROLE[/ENV[/NAME]]]; a missing part means '*'.",
    })
  }
  const [cluster = '*', role = '*', environment = '*', name = '*'] = parts
  return {cluster, role, environment, name}
}

export function formatJobPattern(pattern: JobPattern): string {
  return `${pattern.cluster}/${pattern.role}/${pattern.environment}/${pattern.name}`
}

/** The job key when no part has a `*` (only `*` counts), else undefined. @throws UserError for parts that no key can have. */
export function boundKey(pattern: JobPattern): JobKey | undefined {
  const text = formatJobPattern(pattern)
  return text.includes('*') ? undefined : parseJobKey(text)
}

export function matchesPattern(pattern: JobPattern, key: Omit<JobKey, 'cluster'>): boolean {
  return glob(pattern.role, key.role) && glob(pattern.environment, key.environment) && glob(pattern.name, key.name)
}

/** Whether a part has a wildcard, so that it may stand for several jobs. */
export function isWild(pattern: JobPattern): boolean {
  return /[*?[]/.test(formatJobPattern(pattern))
}

/** Like {@link matchesPattern}, with the cluster, for the key of a job that may not be one. */
export function matchesKeyText(pattern: JobPattern, text: string): boolean {
  const [cluster = '', role = '', environment = '', ...name] = text.split('/')
  return glob(pattern.cluster, cluster) && matchesPattern(pattern, {role, environment, name: name.join('/')})
}

/** Shell matching of `*`, `?`, `[seq]` and `[!seq]`, case-sensitive. */
function glob(pattern: string, text: string): boolean {
  const source = pattern.replace(/\[(!?)([^\]]+)\]|[\s\S]/g, (token, negated: string | undefined, set: string | undefined) => {
    if (set !== undefined) return `[${negated ? '^' : ''}${set.replace(/[\\\]^]/g, '\\$&')}]`
    if (token === '*') return '.*'
    if (token === '?') return '.'
    return token.replace(/[.+^${}()|[\]\\/-]/g, '\\$&')
  })
  return new RegExp(`^${source}$`, 's').test(text)
}
