import {type JobKey, parseJobKey} from '../model/job-key.ts'
import type {JavaScriptSandbox, SandboxEntry} from '../sandbox/javascript/sandbox.ts'
import {meets} from './condition.ts'
import {readGrants} from './grants.ts'
import type {OperationTable} from './manifest.ts'
import {reachedFrom} from './reach.ts'

/**
 * Starts the sandbox when hooks were granted for the operation and the job that the command line seems to name, for a host that knows these long before
 * it has loaded the operation; the chain takes it over. Looks at the grants alone, and never throws: what is wrong with them, the chain says.
 */
export async function startSandboxEarly(
  operation: string,
  argv: readonly string[],
  {dataDir, operations, sandbox}: {dataDir: string; operations: OperationTable; sandbox: SandboxEntry},
): Promise<JavaScriptSandbox | undefined> {
  try {
    const reached = reachedFrom(operation, operations)
    const job = onlyKey(argv)
    const hooks = [...(await readGrants(dataDir)).values()].flatMap((plugin) => Object.values(plugin.hooks))
    if (!hooks.some(({on, when}) => meets(when, job) && on.some((point) => reached.has(point.operation)))) return undefined
    const {JavaScriptSandbox} = await import('../sandbox/javascript/sandbox.ts')
    const started = new JavaScriptSandbox(sandbox)
    started.start()
    return started
  } catch {
    return undefined
  }
}

/** The one word that could be a job's key, perhaps with instances behind it. A wrong guess costs or saves time alone. */
function onlyKey(argv: readonly string[]): JobKey | undefined {
  const [key, another] = argv.flatMap((word) => /^(?:[\w.-]+\/){3}[\w.-]+(?=$|\/[\d,-]+$)/.exec(word) ?? [])
  if (key === undefined || another !== undefined) return undefined
  return parseJobKey(key)
}
