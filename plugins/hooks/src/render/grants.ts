import {safeLine} from '@auroractl/cli'
import type {GrantReport} from '../operations/grants.ts'
import {hookLines} from './plugin.ts'

/** Who was granted what, for a person. */
export function grantsText(grants: readonly GrantReport[]): string {
  if (grants.length === 0) return 'Nothing is granted.\n'
  return grants
    .flatMap(lines)
    .map((line) => `${safeLine(line)}\n`)
    .join('')
}

function lines({kind, name, version, since, digest, hooks, powers = [], unconfined, revoked}: GrantReport): string[] {
  const who = kind === 'plugin' ? `plugin ${name} ${version}` : `file ${name}`
  return [
    `${who}, since ${since.slice(0, 16).replace('T', ' ')} UTC (sha256 ${digest.slice(0, 12)})`,
    ...powers.map((power) => `  its hooks may ${power}`),
    ...hooks.flatMap(hookLines),
    ...(unconfined.length > 0 ? [`  code outside the sandbox, with all your powers: ${unconfined.join(', ')}`] : []),
    ...revoked.map((hook) => `  hook ${hook}: taken back`),
  ]
}
