import {realpath, stat} from 'node:fs/promises'
import {join} from 'node:path'
import {UserError} from '../model/errors.ts'
import {fileProblem} from '../model/file-problem.ts'
import {type PackageFile, readPackage} from './installed.ts'
import {type LoaderDeclaration, parseLoaders} from './loader-manifest.ts'
import {type HookDeclaration, isRecord, manifestOperations, type OperationTable, parseManifest} from './manifest.ts'
import {scriptReader} from './script-reader.ts'
import {syntaxProblems} from './script/syntax.ts'
import {commandNames, unconfinedKeys} from './unconfined-code.ts'

/** What a plugin would bring, found without running anything of it. */
export interface PluginInspection {
  name: string
  version: string
  /** The plugin's folder, links resolved. */
  root: string
  hooks: readonly HookDeclaration[]
  loaders: readonly LoaderDeclaration[]
  /** What it brings that runs outside the sandbox, with all the powers of the user, by oclif's names for it: `commands`, `hooks`. */
  unconfined: readonly string[]
  /** Its commands, as far as they can be known without running it: `team greet`. */
  commands: readonly string[]
}

/**
 * Looks at the plugin in a folder, which messages call by `shown` when it is not the user's own.
 * @throws UserError (exit 6) for what is no plugin, or one whose manifest is wrong.
 */
export async function inspectPlugin(path: string, operations: OperationTable, shown?: string): Promise<PluginInspection> {
  const {root, found} = await readPlugin(path)
  if (!isRecord(found.oclif)) {
    throw invalid(
      `${shown ?? root} is no plugin: its package.json has no 'oclif' key`,
      'Add "oclif": {} to it; a plugin that brings hooks alone needs no more.',
    )
  }
  const unconfined = unconfinedKeys(found.oclif)
  const hooks = found.aurora === undefined ? [] : await checkedHooks(root, found, operations)
  const loaders = await checkedLoaders(root, found)
  if (hooks.length === 0 && loaders.length === 0 && unconfined.length === 0) {
    throw invalid(
      `the plugin ${found.name} brings neither hooks nor loaders nor commands`,
      'Declare its hooks in its package.json: "aurora": {"hooks": [{"name": "…", "on": ["pre:job.kill"], "script": "…"}]}.',
    )
  }
  const commands = await commandNames(root, found.oclif)
  return {name: found.name, version: found.version, root, hooks, loaders, unconfined, commands}
}

/** What others can write, others can change after it was granted. */
async function refuseForeign(path: string): Promise<void> {
  const {mode, uid} = await stat(path)
  if ((mode & 0o002) !== 0) throw new Error(`${path} can be written by every user of this machine`)
  const own = process.getuid?.()
  if (own !== undefined && uid !== own && uid !== 0) throw new Error(`${path} belongs to another user`)
}

async function readPlugin(path: string): Promise<{root: string; found: PackageFile}> {
  try {
    const root = await realpath(path)
    for (const file of [root, join(root, 'package.json')]) await refuseForeign(file)
    return {root, found: await readPackage(root)}
  } catch (error) {
    const absent = error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')
    const why = absent ? 'there is no package.json' : fileProblem(error)
    throw invalid(`${path} holds no plugin: ${why}`, "Give the folder with the plugin's package.json.", error)
  }
}

async function checkedHooks(root: string, {name, aurora}: PackageFile, operations: OperationTable): Promise<readonly HookDeclaration[]> {
  const {hooks, problems} = parseManifest(aurora, {...manifestOperations(aurora), ...operations})
  await check(root, name, 'hook', hooks, problems)
  return hooks
}

async function checkedLoaders(root: string, {name, aurora}: PackageFile): Promise<readonly LoaderDeclaration[]> {
  const {loaders, problems} = parseLoaders(aurora)
  await check(root, name, 'loader', loaders, problems)
  return loaders
}

/** @throws UserError (exit 6) with what is wrong with the manifest, and with the scripts that it names */
async function check(
  root: string,
  plugin: string,
  kind: 'hook' | 'loader',
  declared: readonly {name: string; script: string}[],
  problems: readonly string[],
): Promise<void> {
  const unreadable = await Promise.all(declared.map((each) => whyUnreadable(root, kind, each)))
  const all = [...problems, ...unreadable.flat()]
  if (all.length === 0) return
  throw invalid(
    `the ${kind}s of the plugin ${plugin} cannot be used:\n${all.map((text) => `  ${text}`).join('\n')}`,
    `Correct them in ${root} and try again.`,
  )
}

async function whyUnreadable(root: string, kind: 'hook' | 'loader', {name, script}: {name: string; script: string}): Promise<string[]> {
  try {
    if (kind === 'loader') await scriptReader(root, script, kind)(script, undefined)
    const problems = kind === 'hook' ? await syntaxProblems(root, script) : []
    return problems.map((text) => `hook '${name}': ${text}`)
  } catch (error) {
    return [`${kind} '${name}': ${(error as Error).message}`]
  }
}

function invalid(message: string, remedy: string, cause?: unknown): UserError {
  return new UserError(message, {code: 'plugin.invalid', remedy, cause})
}
