import {describePowers, operation, pluginManager, step} from '@auroractl/cli'
import {type HookReport, reportHook} from '../report.ts'

/** What was granted to one plugin or file. */
export interface GrantReport {
  kind: 'plugin' | 'file'
  /** The plugin's name, or the file's path. */
  name: string
  /** The plugin's folder. */
  root?: string
  version?: string
  since: string
  digest: string
  hooks: HookReport[]
  /** Of a configuration: what its hooks may do, in words. */
  powers?: string[]
  /** Code outside the sandbox that was agreed to. */
  unconfined: string[]
  /** Hooks whose grant was taken back. */
  revoked: string[]
}

const read = step<{dataDir: string}, {grants: GrantReport[]}>({
  name: 'read the grants',
  run: async ({dataDir}) => {
    const {plugins, files} = await (await pluginManager()).readGrantTable(dataDir)
    return {
      grants: [
        ...[...plugins].map(([name, {root, version, unconfined = [], ...grant}]): GrantReport => {
          return {kind: 'plugin', name, root, version, ...common(grant), unconfined: [...unconfined]}
        }),
        ...[...files.values()].map(({path, powers, ...grant}): GrantReport => {
          return {kind: 'file', name: path, ...common(grant), unconfined: [], powers: describePowers(powers)}
        }),
      ],
    }
  },
})

type Table = Awaited<ReturnType<Awaited<ReturnType<typeof pluginManager>>['readGrantTable']>>
type Grant = Table['files'] extends ReadonlyMap<string, infer Each> ? Omit<Each, 'path' | 'powers'> : never

function common({since, digest, hooks, revoked = []}: Grant) {
  const reports = Object.entries(hooks).map(([name, {powers, ...hook}]) => reportHook({name, needs: powers, ...hook}))
  return {since, digest, hooks: reports, revoked: [...revoked]}
}

/** Everything that is granted. */
export const listGrants = operation<'hooks.grants', {dataDir: string}>('hooks.grants')
  .read(read)
  .returns(({grants}) => grants)

declare module '@auroractl/cli' {
  interface Operations {
    'hooks.grants': {options?: Record<string, never>}
  }
}
