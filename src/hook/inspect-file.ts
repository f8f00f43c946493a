import type {OperationTable} from './manifest.ts'
import {digestOfHooks, powerfulHooks, readProjectFile} from './project-hooks.ts'
import type {RegisteredHook} from './registered.ts'
import {loadHooks} from './registry.ts'

/** What a project's file of hooks asks for: what `grantFile` takes. */
interface HookFileInspection {
  /** Links resolved. */
  path: string
  /** Of the file and of all the code that its hooks with powers run. */
  digest: string
  /** Those that ask for powers: the others need no grant. */
  hooks: readonly RegisteredHook[]
}

/** Looks at a file of hooks without running anything of it. @throws UserError (exit 3) for one that cannot be used */
export async function inspectHookFile(dataDir: string, name: string, operations: OperationTable): Promise<HookFileInspection> {
  const [file, {hooks}] = await Promise.all([readProjectFile(name), loadHooks(dataDir, operations, {folders: [], home: '', given: [name]})])
  const own = powerfulHooks(hooks.filter(({owner}) => owner === file.path))
  return {path: file.path, digest: await digestOfHooks(file, own), hooks: own}
}
