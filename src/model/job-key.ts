import {UserError} from './errors.ts'
import {ExitCode} from './exit-code.ts'

/** Names one job in one cluster: `cluster/role/env/name`. */
export interface JobKey {
  cluster: string
  role: string
  environment: string
  name: string
}

/** What a role, an environment and a name may be (reference/commands.md §2.1). */
const IDENTIFIER = /^[\w\-.]+$/

export function isIdentifier(text: string): boolean {
  return IDENTIFIER.test(text)
}

/** @throws UserError (exit 2) unless the text has four parts, the last three of them identifiers. */
export function parseJobKey(text: string): JobKey {
  const [cluster = '', role = '', environment = '', name = '', ...rest] = text.split('/')
  const valid = cluster !== '' && rest.length === 0 && [role, environment, name].every(isIdentifier)
  if (!valid) {
    throw new UserError(`invalid job key: '${text}'`, {
      code: 'job-key.malformed',
      exitCode: ExitCode.usage,
      remedy: 'A job key is CLUSTER/ROLE/ENV/NAME, for example devcluster/www-data/prod/hello.',
    })
  }
  return {cluster, role, environment, name}
}

export function formatJobKey(key: JobKey): string {
  return `${key.cluster}/${key.role}/${key.environment}/${key.name}`
}

export function sameJobKey(a: JobKey, b: JobKey): boolean {
  return formatJobKey(a) === formatJobKey(b)
}
