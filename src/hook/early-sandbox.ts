import type {JavaScriptSandbox, SandboxEntry} from '../sandbox/javascript/sandbox.ts'
import {readGrants} from './grants.ts'
import type {OperationTable} from './manifest.ts'
import {reachedFrom} from './reach.ts'

/**
 * Starts the sandbox when hooks were granted for the operation, for a host that knows the operation long before it has loaded it; the
 * chain takes it over. Looks at the grants alone, and never throws: what is wrong with them, the chain says.
 */
export async function startSandboxEarly(
  operation: string,
  {dataDir, operations, sandbox}: {dataDir: string; operations: OperationTable; sandbox: SandboxEntry},
): Promise<JavaScriptSandbox | undefined> {
  try {
    const reached = reachedFrom(operation, operations)
    const hooks = [...(await readGrants(dataDir)).values()].flatMap((plugin) => Object.values(plugin.hooks))
    if (!hooks.some(({on}) => on.some((point) => reached.has(point.operation)))) return undefined
    const {JavaScriptSandbox} = await import('../sandbox/javascript/sandbox.ts')
    const started = new JavaScriptSandbox(sandbox)
    started.start()
    return started
  } catch {
    return undefined
  }
}
