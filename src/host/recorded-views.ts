import type {HookView} from '../model/hook-view.ts'
import type {HookChain} from '../operation/hook-chain.ts'

let views: HookView[] | undefined

/** While what hooks would see is recorded: a chain that asks none of them. */
export function recordingChain(): HookChain | undefined {
  const heard = views
  if (!heard) return undefined
  return {
    warm() {},
    async run(_phase, view) {
      heard.push(view)
      return {amendments: [], failures: [], hints: [], effects: []}
    },
    async close() {},
  }
}

/** What the hooks of the operations in `run` would see. */
export async function recordViews(run: () => Promise<void>): Promise<readonly HookView[]> {
  const heard: HookView[] = []
  views = heard
  try {
    await run()
    return heard
  } finally {
    views = undefined
  }
}
