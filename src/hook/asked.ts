import {describeCondition} from './condition.ts'
import type {Grantable, PluginGrant} from './grants.ts'
import {formatPoint} from './manifest.ts'
import {describeEachPower} from './powers.ts'

/** What a new version asks for and an older one did not, and the other way round; in words. */
export interface Changes {
  new: readonly string[]
  gone: readonly string[]
}

/** What the user would agree to beyond what was granted; all of it when nothing was, or to a plugin of that name elsewhere. */
export function changesSince(grant: PluginGrant | undefined, plugin: Grantable): Changes {
  const before = grant && grant.root === plugin.root ? asked(fromGrant(plugin.name, grant)) : []
  const after = asked(plugin)
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
