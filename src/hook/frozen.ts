import {UserError} from '../model/errors.ts'
import {ExitCode} from '../model/exit-code.ts'
import {readLock, lockPath} from './lock-file.ts'
import {type HookLock, lockDifference, lockHooks} from './lock.ts'
import type {OperationTable} from './manifest.ts'
import {reachedFrom} from './reach.ts'
import {type HookFiles, loadHooks} from './registry.ts'
import {dirname} from 'node:path'

/**
 * Makes sure that the hooks that an operation may ask are those of the lock: the same versions, powers, entries and code, none more and
 * none less. @throws UserError (exit 3) with the difference
 */
export async function requireLocked(
  operation: string,
  {dataDir, operations, files}: {dataDir: string; operations: OperationTable; files: HookFiles},
): Promise<void> {
  const path = lockPath(files.folders[0] ?? '.', files.home)
  const lock = await readLock(path)
  if (!lock) throw frozen(`There is no lock of the hooks: ${path}`)
  const registry = await loadHooks(dataDir, operations, files)
  const reached = reachedFrom(operation, registry.operations)
  const bound = registry.hooks.filter(({on}) => on.some((point) => reached.has(point.operation)))
  const now = await lockHooks(bound, dirname(path)).catch((cause: Error) => {
    throw frozen(`A hook cannot be compared with ${path}: ${cause.message}`)
  })
  const difference = lockDifference(only(lock, reached), now)
  if (difference.length > 0) {
    throw frozen(`The hooks of ${operation} are not those of ${path}:\n${difference.map((text) => `  ${text}`).join('\n')}`)
  }
}

/** The part of a lock that has hooks of these operations. */
function only(lock: HookLock, operations: ReadonlySet<string>): HookLock {
  const part = (table: HookLock['plugins']) =>
    Object.fromEntries(
      Object.entries(table).flatMap(([name, source]) => {
        const hooks = Object.entries(source.hooks).filter(([, {on}]) => on.some((point) => operations.has(point.replace(/^[^:]*:/, ''))))
        return hooks.length > 0 ? [[name, {...source, hooks: Object.fromEntries(hooks)}]] : []
      }),
    )
  return {plugins: part(lock.plugins), files: part(lock.files)}
}

function frozen(message: string): UserError {
  return new UserError(message, {
    code: 'hooks.frozen',
    exitCode: ExitCode.invalidConfiguration,
    remedy: "When it is as it should be, write the lock with 'aurora hooks lock' where you develop, look at its difference, and commit it.",
  })
}
