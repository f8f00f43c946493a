import {dirname} from 'node:path'
import {type HookFiles, type HookLock, loadHooks, operation, type OperationTable, pluginManager, step} from '@auroractl/cli'

interface LockInput {
  dataDir: string
  operations: OperationTable
  files: HookFiles
}

interface Looked {
  path: string
  lock: HookLock
  /** What is different from the lock that is there; undefined without one. */
  difference: readonly string[] | undefined
}

export interface LockReport {
  file: string
  /** How many hooks are locked. */
  hooks: number
  /** What was different from the lock that was there, in words; all of it, when there was none. */
  difference: readonly string[]
  written: boolean
}

const look = step<LockInput, Looked>({
  name: 'compare the hooks with the lock',
  run: lookAt,
  // It may have been written before the run was cut short.
  memo: {
    save: ({difference}) => (difference ? [...difference] : null),
    restore: async (saved, input) => ({...(await lookAt(input)), difference: (saved as string[] | null) ?? undefined}),
  },
})

async function lookAt({dataDir, operations, files}: LockInput): Promise<Looked> {
  const {lockDifference, lockHooks, lockPath, readLock} = await pluginManager()
  const path = lockPath(files.folders[0] ?? '.', files.home)
  const [registry, before] = await Promise.all([loadHooks(dataDir, operations, files), readLock(path)])
  const lock = await lockHooks(registry.hooks, dirname(path))
  return {path, lock, difference: before && lockDifference(before, lock)}
}

const write = step<Looked>({
  name: 'write the lock',
  describe: ({path, difference}) =>
    difference?.length === 0 ? [] : [{text: `write ${path}`, target: path, ...(difference ? {difference} : {})}],
  run: async ({path, lock, difference}, io) => {
    if (difference?.length === 0) return {}
    const {lockDifference, readLock, writeLock} = await pluginManager()
    await io.perform({
      kind: 'checkable',
      name: `${path} was written`,
      findOut: 'aurora hooks lock --dry-run',
      call: async () => {
        await writeLock(path, lock)
        return null
      },
      check: async () => {
        const written = await readLock(path)
        return written && lockDifference(written, lock).length === 0 ? null : undefined
      },
    })
    return {}
  },
})

/** Writes down which hooks run in a project, with their versions, powers and digests. */
export const lockProject = operation<'hooks.lock', LockInput>('hooks.lock')
  .read(look)
  .hooks(({path}) => ({options: {file: path}}))
  .act(write)
  .returns(({path, lock, difference}): LockReport => {
    const sources = [...Object.values(lock.plugins), ...Object.values(lock.files)]
    const hooks = sources.reduce((sum, source) => sum + Object.keys(source.hooks).length, 0)
    return {file: path, hooks, difference: difference ?? [], written: difference?.length !== 0}
  })

declare module '@auroractl/cli' {
  interface Operations {
    'hooks.lock': {options: {file: string}}
  }
}
