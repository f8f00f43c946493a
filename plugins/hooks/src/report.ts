import {describePowers, formatPoint, type HookDeclaration, type LoaderDeclaration, type PluginInspection} from '@auroractl/cli'

/** A hook as `--json` gives it. */
export interface HookReport {
  name: string
  on: string[]
  when: Record<string, readonly string[]>
  needs: HookDeclaration['needs']
  /** The same in words: `ask you questions on the terminal`. */
  powers: string[]
}

export interface PluginReport {
  name: string
  version: string
  root: string
  hooks: HookReport[]
  /** The syntaxes of configurations that it reads. */
  loaders: LoaderDeclaration[]
  /** Whether it brings code that runs outside the sandbox. */
  unconfined: boolean
}

export function reportHook({name, on, when, needs}: Pick<HookDeclaration, 'name' | 'on' | 'when' | 'needs'>): HookReport {
  return {name, on: on.map(formatPoint), when: {...when}, needs, powers: describePowers(needs)}
}

export function reportPlugin({name, version, root, hooks, loaders, unconfined}: PluginInspection): PluginReport {
  return {name, version, root, hooks: hooks.map(reportHook), loaders: [...loaders], unconfined}
}
