import {realpath, stat} from 'node:fs/promises'
import {basename, dirname, join} from 'node:path'
import {HookDenied} from '../model/errors.ts'
import {parseFileEntries} from './file-entries.ts'
import {fileHooks, type Installed} from './file-hooks.ts'
import {type HookFile, readHookFile} from './hook-file.ts'
import {manifestOperations, type OperationTable} from './manifest.ts'
import {notRoots} from './ownership.ts'
import type {RegisteredHook} from './registered.ts'
import {scriptPaths} from './script-sources.ts'

/** The site's file of hooks. It must be root's alone. @throws HookDenied for one that cannot be used: then nobody knows what it forbids */
export async function readPolicyFile(folder: string, names: readonly string[]): Promise<HookFile & {operations: OperationTable}> {
  const [name = folder, another] = names
  if (another !== undefined) throw unusable(folder, [`there are both ${names.map((each) => basename(each)).join(' and ')}`])
  try {
    await refuseForeign(folder, folder)
    const file = await readHookFile(name, notRoots)
    return {...file, operations: manifestOperations(file.content)}
  } catch (error) {
    throw unusable(name, [error instanceof Error ? error.message : String(error)], error)
  }
}

/** The policy's hooks. Root has written what they may do: nobody needs to grant it. @throws HookDenied for anything wrong in the file */
export async function policyHooks(
  file: HookFile & {operations: OperationTable},
  operations: OperationTable,
  installed: Installed,
): Promise<RegisteredHook[]> {
  const {entries, problems} = parseFileEntries(file.content, operations)
  const found = await fileHooks(file, 'policy', entries, installed)
  const foreign = await Promise.all(found.hooks.map((hook) => foreignScript(hook)))
  const all = [...problems, ...found.problems, ...foreign.flat()]
  if (all.length > 0) throw unusable(file.path, all)
  return found.hooks
}

async function foreignScript({name, root, script, configures}: RegisteredHook): Promise<string[]> {
  if (configures) return []
  try {
    await refuseForeign(root, join(root, script))
    for (const path of await scriptPaths(root, script)) await refuseForeign(root, path)
    return []
  } catch (error) {
    return [`hook '${name}': ${error instanceof Error ? error.message : String(error)}`]
  }
}

/** What others can write, or put in the place of a folder above, is no policy of root's. */
async function refuseForeign(root: string, path: string): Promise<void> {
  const folder = await realpath(root)
  for (let at = await realpath(path); ; at = dirname(at)) {
    const why = notRoots(await stat(at))
    if (why !== undefined) throw new Error(`${at}: ${why}`)
    if (at === folder || at === dirname(at)) return
  }
}

function unusable(name: string, reasons: readonly string[], cause?: unknown): HookDenied {
  return new HookDenied(
    `The policy of this machine cannot be known, so nothing is done: ${name}:\n${reasons.map((text) => `  ${text}`).join('\n')}`,
    {
      code: 'hooks.policy-unusable',
      remedy: 'Only root can mend it: ask who looks after this machine.',
      failures: reasons.map((reason) => ({hook: 'policy', source: `policy ${name}`, reason})),
      cause,
    },
  )
}
