import {realpath} from 'node:fs/promises'
import {operation, pluginManager, step, UserError} from '@auroractl/cli'

interface RevokeInput {
  dataDir: string
  /** A plugin's name, or the path of a file. */
  subject: string
  hook: string | undefined
}

export interface Revoked {
  kind: 'plugins' | 'files'
  name: string
  hook?: string
}

const find = step<RevokeInput, {found: Revoked}>({
  name: 'find the grant',
  run: async ({dataDir, subject, hook}) => {
    const table = await (await pluginManager()).readGrantTable(dataDir)
    const path = await realpath(subject).catch(() => subject)
    const linked = [...table.plugins].find(([, {root}]) => root === path)?.[0]
    const name = table.plugins.has(subject) ? subject : linked
    const grant = name === undefined ? table.files.get(path) : table.plugins.get(name)
    if (grant && (hook === undefined || Object.hasOwn(grant.hooks, hook))) {
      const what = name === undefined ? {kind: 'files' as const, name: path} : {kind: 'plugins' as const, name}
      return {found: {...what, ...(hook === undefined ? {} : {hook})}}
    }
    throw new UserError(grant ? `${subject} was granted no hook '${hook}'` : `nothing was granted to '${subject}'`, {
      code: 'hooks.no-grant',
      remedy: 'See what is granted with: aurora hooks grants',
    })
  },
  // It may be taken back when the run is gone on with.
  memo: {save: ({found}) => ({...found}), restore: (saved) => ({found: saved as unknown as Revoked})},
})

const take = step<RevokeInput & {found: Revoked}>({
  name: 'revoke',
  describe: ({found: {name, hook}}) => [
    {text: `take back what ${hook === undefined ? name : `${hook} of ${name}`} was granted`, target: name},
  ],
  run: async ({dataDir, found: {kind, name, hook}}, io) => {
    const {readGrantTable, revoke} = await pluginManager()
    await io.perform({
      kind: 'checkable',
      name: `what ${hook === undefined ? name : `${hook} of ${name}`} was granted was taken back`,
      findOut: 'aurora hooks grants',
      call: async () => {
        await revoke(dataDir, kind, name, hook)
        return null
      },
      check: async () => {
        const grant = (await readGrantTable(dataDir))[kind].get(name)
        return grant === undefined || (hook !== undefined && !Object.hasOwn(grant.hooks, hook)) ? null : undefined
      },
    })
    return {}
  },
})

/** Takes back what a plugin or file, or one hook of it, was granted; its hooks are blocked from then on. */
export const revokeGrant = operation<'hooks.revoke', RevokeInput>('hooks.revoke')
  .read(find)
  .hooks(({found: {name, hook = null}}) => ({options: {name, hook}}))
  .act(take)
  .returns(({found}) => found)

declare module '@auroractl/cli' {
  interface Operations {
    'hooks.revoke': {options: {name: string; hook: string | null}}
  }
}
