import {
  type Candidate,
  type Changes,
  describePowers,
  formatPoint,
  type HookDeclaration,
  type InstallScript,
  type LoaderDeclaration,
  type PluginInspection,
} from '@auroractl/cli'

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
  /** What it brings that runs outside the sandbox: `commands`, `hooks` (of oclif). */
  unconfined: string[]
  commands: string[]
}

/** A package that would be, or was, installed. */
export interface PackageReport extends PluginReport {
  /** The digest of its tarball. */
  integrity?: string
  /** What it and its dependencies want to run when they are installed; it is not, unless told. */
  scripts: InstallScript[]
  changes: Changes
}

export function reportHook({name, on, when, needs}: Pick<HookDeclaration, 'name' | 'on' | 'when' | 'needs'>): HookReport {
  return {name, on: on.map(formatPoint), when: {...when}, needs, powers: describePowers(needs)}
}

export function reportPlugin({name, version, root, hooks, loaders, unconfined, commands}: PluginInspection): PluginReport {
  return {name, version, root, hooks: hooks.map(reportHook), loaders: [...loaders], unconfined: [...unconfined], commands: [...commands]}
}

export function reportPackage(candidate: Candidate): PackageReport {
  const {integrity, scripts, changes} = candidate
  return {...reportPlugin(candidate), ...(integrity === undefined ? {} : {integrity}), scripts: [...scripts], changes}
}
