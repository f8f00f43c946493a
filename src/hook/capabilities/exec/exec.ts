import type {Json, JsonObject} from '../../../model/json.ts'
import type {Lend, Lending} from '../lending.ts'
import {absolutePath} from './find-command.ts'
import {runCommand} from './run-command.ts'

const MAX_MS = 600_000
const MAX_ARGUMENTS = 1_000
const MAX_INPUT = 1 << 20
const OPTIONS: readonly string[] = ['stdin', 'timeout']
/** What every command gets of the user's environment. */
const ALWAYS = ['HOME', 'USER', 'LOGNAME', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR'] as const
/** What changes the code that a command runs, or is ours. */
const NEVER = /^(?:LD_|DYLD_|NODE_|AURORA_|BASH_ENV$|ENV$|IFS$|PATH$)/

interface Call {
  args: string[]
  stdin: string | undefined
  timeoutMs: number
}

/** Commands, by name: a list of arguments, no shell, a small environment. */
export const lendExec: Lend = (lending) => ({
  async exec([command, args, options]) {
    const {hook, world, folder, signal, planned, spend} = lending
    const call = readCall(args, options)
    const granted: readonly string[] = hook.needs.exec ?? []
    if (typeof command !== 'string' || !granted.includes(command)) {
      throw new Error(`ctx.exec: '${String(command)}' is not among the hook's commands; name it in "needs": {"exec": […]}`)
    }
    const line = [command, ...call.args].map(shown).join(' ')
    if (planned({text: `run ${line}`, call: command, target: line})) return {dryRun: true}
    try {
      const {env} = world
      const result = await runCommand(command, {...call, env: smallEnvironment(lending), path: env['PATH'], folder, signal})
      spend(result.stdout.length + result.stderr.length)
      return {...result}
    } catch (cause) {
      throw new Error(`ctx.exec: ${command}: ${(cause as Error).message}`, {cause})
    }
  },
})

/** So that one argument is not taken for two. */
function shown(arg: string): string {
  return /^[\w@%+=:,./-]+$/.test(arg) ? arg : JSON.stringify(arg)
}

/** What commands need to find their files and speak plainly, and the variables that the hook may read. */
function smallEnvironment({hook, world}: Lending): Record<string, string> {
  const {env} = world
  const names = [...ALWAYS, ...(hook.needs.env ?? []).filter((name) => !NEVER.test(name))]
  const passed = names.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]] as const]))
  return {...Object.fromEntries(passed), PATH: absolutePath(env['PATH']).join(':'), TERM: 'dumb', NO_COLOR: '1'}
}

function readCall(args: Json | undefined, options: Json | undefined): Call {
  const list = args ?? []
  const texts = Array.isArray(list) && list.length <= MAX_ARGUMENTS && list.every((arg) => typeof arg === 'string' && !arg.includes('\0'))
  if (!texts) throw new TypeError('ctx.exec: its arguments must be a list of texts')
  const {stdin, timeout} = readOptions(options)
  return {args: list as string[], stdin, timeoutMs: timeout}
}

function readOptions(value: Json | undefined): {stdin: string | undefined; timeout: number} {
  const given: Json = value ?? {}
  if (typeof given !== 'object' || Array.isArray(given)) throw new TypeError('ctx.exec: its options must be an object')
  const {stdin, timeout = MAX_MS} = given as Partial<JsonObject>
  const unknown = Object.keys(given).find((name) => !OPTIONS.includes(name))
  if (unknown !== undefined) throw new TypeError(`ctx.exec: there is no option '${unknown}'`)
  if (stdin !== undefined && (typeof stdin !== 'string' || stdin.length > MAX_INPUT)) throw new TypeError('ctx.exec: stdin must be a text')
  if (typeof timeout !== 'number' || !(timeout > 0)) throw new TypeError('ctx.exec: timeout must be a number of milliseconds')
  return {stdin, timeout: Math.min(timeout, MAX_MS)}
}
