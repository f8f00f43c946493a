import {existsSync, statSync} from 'node:fs'
import {realpath} from 'node:fs/promises'
import {basename, dirname, extname, resolve} from 'node:path'
import {UserError} from '../model/errors.ts'
import type {HookView} from '../model/hook-view.ts'
import {nearest} from '../model/nearest.ts'
import {inspectPlugin} from './inspect-plugin.ts'
import type {OperationTable} from './manifest.ts'
import type {RegisteredHook} from './registered.ts'

/**
 * The hook that somebody means: one that is registered, by its name, or by its plugin's and its own (`team/guard`); or by a path, a plugin's folder with one
 * hook, a hook of such a folder (`./team/guard`), or a script. What is only a path has no powers. @throws UserError (exit 6) for none, or several
 */
export async function namedHook(
  name: string,
  hooks: readonly RegisteredHook[],
  operations: OperationTable,
  point: Pick<HookView, 'phase' | 'operation'>,
): Promise<RegisteredHook> {
  const called = hooks.filter((hook) => hook.name === name || `${hook.owner}/${hook.name}` === name)
  const [hook, another] = called
  if (hook && !another) return hook
  if (hook)
    throw unclear(
      name,
      called.map((each) => `${each.owner}/${each.name}`),
    )
  const path = resolve(name)
  if (existsSync(path) && statSync(path).isFile()) return scriptHook(path, point)
  if (existsSync(path)) return folderHook(path, undefined, hooks, operations)
  if (name.includes('/') && existsSync(dirname(path))) return folderHook(dirname(path), basename(path), hooks, operations)
  throw new UserError(
    `there is no hook '${name}'${nearest(
      name,
      hooks.map((each) => each.name),
    )}`,
    {
      code: 'hooks.unknown',
      remedy: "See 'aurora hooks list', or give the path of a plugin's folder or of a script.",
    },
  )
}

async function folderHook(
  folder: string,
  name: string | undefined,
  hooks: readonly RegisteredHook[],
  operations: OperationTable,
): Promise<RegisteredHook> {
  const {root, name: plugin, hooks: declared} = await inspectPlugin(folder, operations)
  const found = declared.filter((hook) => name === undefined || hook.name === name)
  const [hook, another] = found
  if (!hook)
    throw new UserError(`the plugin ${plugin} has no hook '${name ?? ''}'`, {
      code: 'hooks.unknown',
      remedy: `It has: ${declared.map((each) => each.name).join(', ')}.`,
    })
  if (another)
    throw unclear(
      folder,
      found.map((each) => `${folder}/${each.name}`),
    )
  const linked = hooks.find((each) => each.root === root && each.name === hook.name && each.kind === 'plugin')
  return linked ?? {...hook, needs: {}, kind: 'plugin', source: `plugin ${plugin}, which is not linked`, owner: plugin, root}
}

async function scriptHook(path: string, point: Pick<HookView, 'phase' | 'operation'>): Promise<RegisteredHook> {
  const real = await realpath(path)
  const root = packageFolder(dirname(real))
  return {
    name: basename(real, extname(real)),
    on: [point],
    script: real.slice(root.length + 1),
    when: {},
    needs: {},
    before: [],
    after: [],
    timeoutMs: 5_000,
    onFailure: 'deny',
    kind: 'plugin',
    source: `the script ${real}`,
    owner: real,
    root,
  }
}

/** The folder of the package in which a script lies, with what it may import. */
function packageFolder(folder: string): string {
  for (let above = folder; above !== dirname(above); above = dirname(above)) if (existsSync(resolve(above, 'package.json'))) return above
  return folder
}

function unclear(name: string, choices: readonly string[]): UserError {
  return new UserError(`'${name}' could be several hooks`, {code: 'hooks.ambiguous', remedy: `Name one: ${choices.join(', ')}.`})
}
