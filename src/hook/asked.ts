import {describeCondition} from './condition.ts'
import type {FileGrant, Grantable, GrantedPart, PluginGrant} from './grants.ts'
import {formatPoint} from './manifest.ts'
import {describeEachPower, type Powers} from './powers.ts'

/** What a new version asks for and an older one did not, and the other way round; in words. */
export interface Changes {
  new: readonly string[]
  gone: readonly string[]
}

/** What the user would agree to beyond what was granted; all of it when nothing was, or to a plugin of that name elsewhere. */
export function changesSince(grant: PluginGrant | undefined, plugin: Grantable): Changes {
  const before = grant && grant.root === plugin.root ? asked(fromGrant(plugin.name, grant)) : []
  return difference(before, asked(plugin))
}

/** The same of a file, whose every change of content is one, too. */
export function fileChangesSince(
  grant: FileGrant | undefined,
  {digest, powers = {}, hooks = []}: {digest: string; powers?: Powers; hooks?: readonly GrantedPart[]},
): Changes {
  const ofFile = (of: Powers) => describeEachPower(of).map((power) => `its hooks may ${power}`)
  const before = grant ? [...ofFile(grant.powers), ...asked(fromGrant('', {...grant, root: '', version: ''}))] : []
  const changes = difference(before, [...ofFile(powers), ...asked({name: '', root: '', version: '', hooks})])
  return grant && grant.digest !== digest
    ? {...changes, new: ['other content, or other code, than what was granted', ...changes.new]}
    : changes
}

function difference(before: readonly string[], after: readonly string[]): Changes {
  return {new: after.filter((line) => !before.includes(line)), gone: before.filter((line) => !after.includes(line))}
}

function fromGrant(name: string, grant: PluginGrant): Grantable {
  const hooks = Object.entries(grant.hooks).map(([hook, {powers, ...rest}]) => ({name: hook, needs: powers, ...rest}))
  return {...grant, name, hooks}
}

/** Everything that a plugin asks for, a line each. */
function asked({hooks, loaders = [], unconfined = [], commands = [], scripts = []}: Grantable): string[] {
  return [
    ...hooks.flatMap(({name, on, when, needs}) => {
      const condition = describeCondition(when)
      const where = condition === '' ? '' : ` where ${condition}`
      return [
        ...on.map((point) => `hook ${name} runs at ${formatPoint(point)}${where}`),
        ...describeEachPower(needs).map((power) => `hook ${name} may ${power}`),
      ]
    }),
    ...loaders.map(({name, files}) => `loader ${name} reads configurations that end in ${files.join(', ')}`),
    ...unconfined.map((key) => `code outside the sandbox, with all your powers: ${key}`),
    ...commands.map((command) => `command ${command}`),
    ...scripts.map(({package: of, event, command}) => `install script of ${of.replace(/@[^@]*$/, '')}: ${event}: ${command}`),
  ]
}
