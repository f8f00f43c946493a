import type {ConfigHooks} from '../../config/config-hooks.ts'
import type {LiveConfig} from '../../config/live-config.ts'
import type {HookPhase} from '../../model/hook-point.ts'
import type {Json, JsonObject} from '../../model/json.ts'
import type {LentPowers} from '../capabilities/lent-powers.ts'
import type {Powers} from '../powers.ts'
import type {RegisteredHook} from '../registered.ts'
import type {ConfigGrant, FilePower} from './config-grant.ts'

/** What powers need to know of the hook that uses them. */
export interface Asking {
  hook: string
  /** Where it comes from, as messages say it. */
  source: string
  phase: HookPhase
  hooks: ConfigHooks
  live: LiveConfig
  grant: ConfigGrant
  lent: LentPowers
  signal: AbortSignal
}

/** No command of a hook takes longer, unless the hook says so. */
const COMMAND_MS = 120_000

/** Uses a power that the user granted to the hook's file; what became of it, for Python. */
export async function usePower(asking: Asking, power: FilePower, args: readonly Json[]): Promise<JsonObject> {
  const {grant, live} = asking
  const code = live.code()
  const refused = await grant.refusal(code, power, whatOf(power, args[0]))
  if (refused !== undefined) return {refused}
  return used(asking, await grant.powers(code), power, power === 'exec' ? [args[0] ?? null, args[1] ?? [], withTimeout(args[2])] : args)
}

/** Asks the person at the terminal, which needs no grant; or takes the answer that came with the command. */
export async function askPerson(asking: Asking, question: string): Promise<JsonObject> {
  return used(asking, {prompt: true}, 'prompt.input', [question])
}

async function used(asking: Asking, needs: Powers, name: string, args: readonly Json[]): Promise<JsonObject> {
  const {hooks, phase, lent, signal} = asking
  const view = {phase, operation: '', user: '', job: hooks.key, options: {}, dryRun: false}
  const {functions} = await lent.lend(asHook(asking, needs), view, signal)
  try {
    return {answer: (await functions[name]?.(args)) ?? null}
  } catch (error) {
    return {failed: error instanceof Error ? error.message.replace(/^ctx\.\w+: /, '') : String(error)}
  }
}

/** The hook as those that lend powers know hooks. */
function asHook({hook, source, hooks: {path}}: Asking, needs: Powers): RegisteredHook {
  const owner = {kind: 'project', source, owner: path, root: path.slice(0, path.lastIndexOf('/')) || '/'} as const
  return {name: hook, on: [], script: '', when: {}, before: [], after: [], timeoutMs: 0, onFailure: 'deny', needs, ...owner}
}

function whatOf(power: FilePower, given: Json | undefined): string {
  const text = typeof given === 'string' ? given : ''
  return power === 'fetch' && URL.canParse(text) ? new URL(text).origin : text
}

function withTimeout(options: Json | undefined): JsonObject {
  return {timeout: COMMAND_MS, ...(typeof options === 'object' && options !== null && !Array.isArray(options) ? options : {})}
}
