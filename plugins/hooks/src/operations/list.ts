import {type HookFiles, loadHooks, operation, type OperationTable, type RegisteredHook, step} from '@auroractl/cli'
import {type HookReport, reportHook} from '../report.ts'

export interface ListedHook extends HookReport {
  /** Where it comes from: `plugin team-guard`. */
  source: string
  kind: string
  /** `unused`: it is optional, and no file uses it. */
  state: 'ready' | 'blocked' | 'unused'
  /** Why it cannot be asked, and what to do about it. */
  blocked?: string
}

export interface HookList {
  /** In the order in which they run. */
  hooks: ListedHook[]
  problems: readonly string[]
}

/** Every hook of the installed plugins, and of the project and the site if it is said where they are. */
export async function listHooks(dataDir: string, operations: OperationTable, files?: HookFiles): Promise<HookList> {
  const {hooks, problems} = await loadHooks(dataDir, operations, files)
  return {problems, hooks: hooks.map(listed)}
}

function listed(hook: RegisteredHook): ListedHook {
  const {source, kind, blocked, optional} = hook
  return {
    ...reportHook(hook),
    source,
    kind,
    state: blocked !== undefined ? 'blocked' : optional ? 'unused' : 'ready',
    ...(blocked === undefined ? {} : {blocked}),
  }
}

const list = step<{dataDir: string; operations: OperationTable; files: HookFiles}, {list: HookList}>({
  name: 'list hooks',
  run: async ({dataDir, operations, files}) => ({list: await listHooks(dataDir, operations, files)}),
})

export const hookList = operation<'hooks.list', {dataDir: string; operations: OperationTable; files: HookFiles}>('hooks.list')
  .read(list)
  .returns(({list}) => list)

declare module '@auroractl/cli' {
  interface Operations {
    'hooks.list': {options?: Record<string, never>}
  }
}
