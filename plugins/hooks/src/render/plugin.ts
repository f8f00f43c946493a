import {type Changes, describeCondition, safeLine} from '@auroractl/cli'
import type {HookReport, PackageReport, PluginReport} from '../report.ts'

/** What a plugin brings, for a person who is to trust it. */
export function pluginText(plugin: PluginReport): string {
  return [`${plugin.name} ${plugin.version} (${plugin.root})`, ...contentLines(plugin)].map((line) => `${safeLine(line)}\n`).join('')
}

/** The same of a package that is to be installed. */
export function packageText(plugin: PackageReport): string {
  const {name, version, integrity, scripts} = plugin
  const lines = [
    `${name} ${version}${integrity === undefined ? '' : ` (${integrity})`}`,
    ...contentLines(plugin),
    ...(scripts.length > 0 ? ['  Install scripts, which are not run without --allow-scripts:'] : []),
    ...scripts.map(({package: of, event, command}) => `    ${of} ${event}: ${command}`),
  ]
  return lines.map((line) => `${safeLine(line)}\n`).join('')
}

/** What a new version asks for and the old one did not, and the other way round. */
export function changesText({new: added, gone}: Changes): string {
  return [...added.map((line) => `+ ${line}`), ...gone.map((line) => `- ${line}`)].map((line) => `  ${safeLine(line)}\n`).join('')
}

function contentLines({hooks, loaders, unconfined, commands}: PluginReport): string[] {
  return [
    ...hooks.flatMap(hookLines),
    ...loaders.flatMap(({name, files}) => [`  loader ${name}`, `    reads configurations that end in ${files.join(', ')}`]),
    ...commands.map((command) => `  command aurora ${command}`),
    ...(unconfined.length > 0 ? [`  It brings code that runs outside the sandbox, with all your powers: ${unconfined.join(', ')}.`] : []),
  ]
}

/** A hook, where it runs and what it may do. */
export function hookLines({name, on, powers, when}: HookReport): string[] {
  const condition = describeCondition(when)
  return [
    `  hook ${name}`,
    `    runs at ${on.join(', ')}${condition === '' ? '' : ` where ${condition}`}`,
    `    may ${powers.length > 0 ? powers.join('; ') : 'do nothing but log and answer'}`,
  ]
}
