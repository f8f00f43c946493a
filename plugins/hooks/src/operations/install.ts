import {type Candidate, operation, type Operations, type OperationTable, pluginManager, type Staging, step} from '@auroractl/cli'
import type {Approve} from '../plugin-command.ts'
import {changesText, packageText} from '../render/plugin.ts'
import {type PackageReport, reportPackage} from '../report.ts'
import {isGranted} from '../steps/granted.ts'

export interface InstallInput {
  staging: Staging
  operations: OperationTable
  /** A name, name@version or name@tag of the registry, a tarball, or whatever else npm takes. */
  spec: string
  allowScripts: boolean
  approve: Approve
}

export type Looked = InstallInput & {candidate: Candidate}

const look = step<InstallInput, {candidate: Candidate}>({
  name: 'look at the package',
  run: async ({staging, spec, operations}) => ({candidate: await (await pluginManager()).fetchCandidate(staging, spec, operations)}),
})

const ask = step<Looked>({
  name: 'ask',
  run: async ({candidate, approve}) => {
    const {changes, scripts} = candidate
    if (changes.new.length > 0) await approve(packageText(reportPackage(candidate)), `Install it${scripts.length > 0 ? ' so' : ''}?`)
    return {}
  },
})

/** Puts what was looked at in its place. */
export const putInPlace = step<Looked>({
  name: 'install',
  describe: ({candidate, allowScripts}) => [
    {
      text: `install ${candidate.name} ${candidate.version} and grant what it asks for${allowScripts ? ', and run its install scripts' : ''}`,
      target: candidate.root,
      difference: changesText(candidate.changes).trimEnd().split('\n').filter(Boolean),
    },
  ],
  run: async ({staging, candidate, allowScripts}, io) => {
    io.progress(`installing ${candidate.name} ${candidate.version}`)
    const {installCandidate, integrityOf} = await pluginManager()
    const {name, version, integrity} = candidate
    const {dataDir} = staging
    await io.perform({
      kind: 'checkable',
      name: `${name} ${version} was installed`,
      findOut: `aurora plugins inspect ${name}`,
      call: async () => {
        await installCandidate(staging, candidate, {allowScripts})
        return null
      },
      check: async () => ((await integrityOf(dataDir, name)) === integrity && (await isGranted(dataDir, candidate)) ? null : undefined),
    })
    return {}
  },
})

/** Installs a package after a look at it; nothing of it is run before, and nothing at all unless its scripts are allowed. */
export const installPlugin = operation<'plugins.install', InstallInput>('plugins.install')
  .read(look)
  .hooks(pluginView)
  .act(ask)
  .act(putInPlace)
  .returns(({candidate}): PackageReport => reportPackage(candidate))

/** What hooks see of a package that is to be installed. */
type InstallOptions = Operations['plugins.install']['options']

export function pluginView({candidate}: Pick<Looked, 'candidate'>): {options: InstallOptions} {
  const {name, version, unconfined, commands, integrity = null, scripts} = candidate
  return {options: {plugin: name, version, integrity, unconfined: unconfined.length > 0, commands: [...commands], scripts: scripts.length}}
}

declare module '@auroractl/cli' {
  interface Operations {
    'plugins.install': {
      options: {plugin: string; version: string; integrity: string | null; unconfined: boolean; commands: string[]; scripts: number}
    }
  }
}
