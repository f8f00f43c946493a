import type {Installed} from './file-hooks.ts'
import {findPolicyFiles} from './find-policy-file.ts'
import {findProjectFile} from './find-project-file.ts'
import type {OperationTable} from './manifest.ts'
import type {RegisteredHook} from './registered.ts'

/** Where else than among the user's plugins hooks are to be found. */
export interface HookFiles {
  /** The folders whose projects' hooks apply. */
  folders: readonly string[]
  home: string
  /** Those of `--hooks`. */
  given: readonly string[]
  /** The site's; none is looked for without it. */
  policyFolder?: string
}

/** A file that brings hooks, read, and waiting for what its entries can refer to. */
export interface FileSource {
  /** Operations of plugins that it names. */
  operations: OperationTable
  hooks(known: OperationTable, installed: Installed): Promise<RegisteredHook[]>
}

/** The files that are there. What reads them is loaded only when there are some. @throws UserError, HookDenied for one that cannot be read */
export async function fileSources({folders, home, given, policyFolder}: HookFiles, dataDir: string): Promise<FileSource[]> {
  const found = new Set(folders.flatMap((folder) => findProjectFile(folder, home) ?? []))
  const [projects, policies] = await Promise.all([
    found.size + given.length === 0 ? [] : projectSources([...found], given, dataDir),
    policyFolder === undefined ? [] : policySources(policyFolder),
  ])
  return [...projects, ...policies]
}

/** Those of the folders' projects, then those that were named; each once. */
async function projectSources(found: readonly string[], given: readonly string[], dataDir: string): Promise<FileSource[]> {
  const {projectHooks, readFoundFile, readProjectFile} = await import('./project-hooks.ts')
  const [ofProjects, named] = await Promise.all([Promise.all(found.map(readFoundFile)), Promise.all(given.map(readProjectFile))])
  const files = [...ofProjects.filter(({content}) => !isConfiguration(content)), ...named]
  return [...new Map(files.map((file) => [file.path, file])).values()].map((file) => ({
    operations: file.operations,
    hooks: (known, installed) => projectHooks(file, dataDir, known, installed),
  }))
}

/** Whether it describes jobs: such a file may be called aurora.json, too. Any other without hooks was meant to have some. */
function isConfiguration(content: Readonly<Record<string, unknown>>): boolean {
  return !Object.hasOwn(content, 'hooks') && ['jobs', 'task'].some((field) => Object.hasOwn(content, field))
}

async function policySources(folder: string): Promise<FileSource[]> {
  const names = findPolicyFiles(folder)
  if (names.length === 0) return []
  const {policyHooks, readPolicyFile} = await import('./policy-hooks.ts')
  const file = await readPolicyFile(folder, names)
  return [{operations: file.operations, hooks: (known, installed) => policyHooks(file, known, installed)}]
}
