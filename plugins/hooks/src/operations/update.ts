import {type Candidate, type InstalledPlugin, operation, pluginManager, step} from '@auroractl/cli'
import {changesText} from '../render/plugin.ts'
import {type PackageReport, reportPackage} from '../report.ts'
import {type InstallInput, pluginView, putInPlace} from './install.ts'

export interface UpdatedPlugin extends PackageReport {
  /** The version that was installed before. */
  from: string
  /** Whether there was another one. */
  updated: boolean
}

interface UpdateInput extends Omit<InstallInput, 'spec'> {
  plugin: InstalledPlugin
}

type Looked = UpdateInput & InstallInput & {candidate: Candidate; from: string; newer: boolean}

const look = step<UpdateInput, {candidate: Candidate; spec: string; from: string; newer: boolean}>({
  name: 'look at the newest version',
  run: async ({staging, plugin, operations}) => {
    const {fetchCandidate, integrityOf} = await pluginManager()
    const from = 'unreadable' in plugin.package ? '' : plugin.package.version
    const before = await integrityOf(staging.dataDir, plugin.name)
    const candidate = await fetchCandidate(staging, plugin.spec, operations)
    return {candidate, spec: plugin.spec, from, newer: candidate.version !== from || candidate.integrity !== before}
  },
})

const ask = step<Looked>({
  name: 'ask',
  run: async ({candidate: {name, version, changes}, from, newer, approve}) => {
    if (newer && changes.new.length > 0) {
      await approve(`${name} ${from} → ${version} wants more:\n${changesText(changes)}`, 'Update it and grant this?')
    }
    return {}
  },
})

const putNewer = step<Looked>({
  name: putInPlace.name,
  describe: (context, io) => (context.newer ? (putInPlace.describe?.(context, io) ?? []) : []),
  run: (context, io) => (context.newer ? putInPlace.run(context, io) : {}),
})

/** Brings one installed plugin to its newest version; one that wants more than was granted is asked about. */
export const updatePlugin = operation<'plugins.update', UpdateInput>('plugins.update')
  .read(look)
  .hooks(pluginView)
  .act(ask)
  .act(putNewer)
  .returns(({candidate, from, newer}): UpdatedPlugin => ({...reportPackage(candidate), from, updated: newer}))

declare module '@auroractl/cli' {
  interface Operations {
    'plugins.update': {
      options: {plugin: string; version: string; integrity: string | null; unconfined: boolean; commands: string[]; scripts: number}
    }
  }
}
