import {safeLine} from '@auroractl/cli'
import type {HookReport, PluginReport} from '../report.ts'

/** What a plugin brings, for a person who is to trust it. */
export function pluginText({name, version, root, hooks, loaders, unconfined}: PluginReport): string {
  const lines = [`${name} ${version} (${root})`, ...hooks.flatMap(hookLines)]
  for (const {name, files} of loaders) lines.push(`  loader ${name}`, `    reads configurations that end in ${files.join(', ')}`)
  if (unconfined) lines.push('  It brings commands or other code that runs outside the sandbox, with all your powers.')
  return lines.map((line) => `${safeLine(line)}\n`).join('')
}

function hookLines({name, on, powers, when}: HookReport): string[] {
  const condition = conditionText(when)
  return [
    `  hook ${name}`,
    `    runs at ${on.join(', ')}${condition === '' ? '' : ` where ${condition}`}`,
    `    may ${powers.length > 0 ? powers.join('; ') : 'do nothing but log and answer'}`,
  ]
}

/** `environment is prod or staging*, role is www`. */
export function conditionText(when: HookReport['when']): string {
  return Object.entries(when)
    .map(([part, patterns]) => `${part} is ${patterns.join(' or ')}`)
    .join(', ')
}
