import type {CommandSecret} from '../power-items.ts'
import {runCommand} from './exec/run-command.ts'
import type {Lend, Lending} from './lending.ts'

const MAX_MS = 60_000

/** Secrets, by name: from the environment, or from the command that the manifest names. Whatever leaves the run hides them. */
export const lendSecret: Lend = (lending) => ({
  async secret([name]) {
    const granted = (lending.hook.needs.secret ?? []).find((each) => (typeof each === 'string' ? each : each.name) === name)
    if (typeof name !== 'string' || granted === undefined) {
      throw new Error(`ctx.secret: '${String(name)}' is not among the hook's secrets; name it in "needs": {"secret": […]}`)
    }
    lending.tell(name)
    const value = typeof granted === 'string' ? lending.world.env[granted] : await fromCommand(granted, lending)
    if (value === undefined || value === '') throw new Error(`ctx.secret: there is no secret '${name}'`)
    lending.world.masker.add(value)
    return value
  },
})

/** The command is the manifest's and was granted with all its arguments, so it has the user's own environment; it runs once a run. */
async function fromCommand({name, command}: CommandSecret, {world, folder, signal, once}: Lending): Promise<string> {
  const [program = '', ...args] = command
  const env = Object.fromEntries(Object.entries(world.env).filter((entry): entry is [string, string] => entry[1] !== undefined))
  return once(`secret ${JSON.stringify(command)}`, async () => {
    const run = {args, env, path: env['PATH'], folder, timeoutMs: MAX_MS, signal}
    const {exitCode, stdout} = await runCommand(program, run).catch((cause: Error) => {
      throw new Error(`ctx.secret: ${name}: ${program}: ${cause.message}`, {cause})
    })
    // What it wrote, to stderr too, may be the secret.
    if (exitCode !== 0)
      throw new Error(`ctx.secret: ${name}: ${program} ended with ${exitCode === null ? 'a signal' : `exit code ${exitCode}`}`)
    return stdout.replace(/\r?\n$/, '')
  })
}
