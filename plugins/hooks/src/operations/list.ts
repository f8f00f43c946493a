import {loadHooks, type OperationTable} from '@auroractl/cli'
import {type HookReport, reportHook} from '../report.ts'

export interface ListedHook extends HookReport {
  /** Where it comes from: `plugin team-guard`. */
  source: string
  kind: string
  state: 'ready' | 'blocked'
  /** Why it cannot be asked, and what to do about it. */
  blocked?: string
}

export interface HookList {
  /** In the order in which they run. */
  hooks: ListedHook[]
  problems: readonly string[]
}

/** Every hook of the installed plugins. */
export async function listHooks(dataDir: string, operations: OperationTable): Promise<HookList> {
  const {hooks, problems} = await loadHooks(dataDir, operations)
  return {
    problems,
    hooks: hooks.map((hook) => ({
      ...reportHook(hook),
      source: hook.source,
      kind: hook.kind,
      state: hook.blocked === undefined ? 'ready' : 'blocked',
      ...(hook.blocked === undefined ? {} : {blocked: hook.blocked}),
    })),
  }
}
