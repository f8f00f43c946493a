import {UserError} from '../model/errors.ts'
import {ExitCode} from '../model/exit-code.ts'
import {fileProblem} from '../model/file-problem.ts'
import {fileDigest} from './file-digest.ts'
import {parseFileEntries} from './file-entries.ts'
import {fileHooks, type Installed} from './file-hooks.ts'
import {type FileGrant, fileGrant, fileNotGranted} from './grants.ts'
import {type HookFile, readHookFile} from './hook-file.ts'
import {manifestOperations, type OperationTable} from './manifest.ts'
import {notOurs} from './ownership.ts'
import type {RegisteredHook} from './registered.ts'
import {type LoadedScript, loadScript} from './script-reader.ts'

/** A project's file of hooks, as it is now. */
export interface ProjectFile extends HookFile {
  operations: OperationTable
}

/** Reads a project's file. @throws UserError (exit 3) for one that is no file of hooks, or not the user's own */
export async function readProjectFile(name: string): Promise<ProjectFile> {
  const file = await readHookFile(name, notOurs).catch((cause: Error) => {
    throw invalid(name, [fileProblem(cause)], cause)
  })
  return {...file, operations: manifestOperations(file.content)}
}

/** The same of one that was found, not named: a link in a cloned repository must not bring what was granted to another project. @throws UserError (exit 3) */
export async function readFoundFile(name: string): Promise<ProjectFile> {
  const file = await readProjectFile(name)
  if (file.path === name) return file
  throw invalid(name, [`it is a link to ${file.path}; name that with --hooks, if you want its hooks`])
}

/**
 * The hooks of a project's file. One that asks for powers is blocked until the user has granted them to the file with this content; one
 * that asks for none can only look, deny and amend, and runs without. @throws UserError (exit 3) for anything wrong in the file
 */
export async function projectHooks(
  file: ProjectFile,
  dataDir: string,
  operations: OperationTable,
  installed: Installed,
): Promise<RegisteredHook[]> {
  const {entries, problems} = parseFileEntries(file.content, operations)
  const found = await fileHooks(file, 'project', entries, installed)
  if (problems.length + found.problems.length > 0) throw invalid(file.path, [...problems, ...found.problems])
  const powerful = powerfulHooks(found.hooks)
  if (powerful.length === 0) return found.hooks
  const scripts = loadScripts(file, powerful)
  const [grant, digest] = await Promise.all([fileGrant(dataDir, file.path), digestOf(file, scripts)])
  return found.hooks.map((hook) => {
    const loaded = powerful.includes(hook) ? scripts.get(hook.script) : undefined
    return loaded ? grantedOrBlocked({...hook, loaded}, grant, digest) : hook
  })
}

/** The file's own that ask for powers; those of plugins have what their plugins were granted. */
export function powerfulHooks(hooks: readonly RegisteredHook[]): RegisteredHook[] {
  return hooks.filter(({needs, configures}) => configures === undefined && Object.keys(needs).some((power) => power !== 'log'))
}

/** By which what was granted is told from what is there now. */
export async function digestOfHooks(file: Pick<ProjectFile, 'root' | 'text'>, hooks: readonly RegisteredHook[]): Promise<string> {
  return digestOf(file, loadScripts(file, hooks))
}

/** Reads the hooks' scripts, each once: what is compared is what runs. */
function loadScripts({root}: Pick<ProjectFile, 'root'>, hooks: readonly RegisteredHook[]): ReadonlyMap<string, Promise<LoadedScript>> {
  return new Map([...new Set(hooks.map(({script}) => script))].map((script) => [script, loadScript(root, script)]))
}

async function digestOf(file: Pick<ProjectFile, 'root' | 'text'>, scripts: ReadonlyMap<string, Promise<LoadedScript>>): Promise<string> {
  // A script that cannot be read has no digest that anybody granted; why, its hook says when it is asked.
  return fileDigest(file, scripts).catch((error: Error) => error.message)
}

function grantedOrBlocked(hook: RegisteredHook, grant: FileGrant | undefined, digest: string): RegisteredHook {
  const why = fileNotGranted(grant, {digest, hook})
  return why === undefined
    ? hook
    : {...hook, blocked: `it is not granted: ${why}. Look at it and grant it with 'aurora hooks grant ${hook.owner}'.`}
}

function invalid(name: string, problems: readonly string[], cause?: unknown): UserError {
  return new UserError(`The hooks of ${name} cannot be used:\n${problems.map((text) => `  ${text}`).join('\n')}`, {
    code: 'hooks.file-invalid',
    exitCode: ExitCode.invalidConfiguration,
    remedy: 'Correct the file. Until then nothing is done here that its hooks might guard.',
    cause,
  })
}
