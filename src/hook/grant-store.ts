import {chmod, mkdir, readFile, rename, rm, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {UserError} from '../model/errors.ts'
import {ExitCode} from '../model/exit-code.ts'
import {exclusively} from './exclusive.ts'
import type {FileGrant, HookGrant, PluginGrant} from './grants.ts'
import {isRecord} from './manifest.ts'

/** All that the user has granted: to plugins by their names, to files by their real paths. */
export interface GrantTable {
  plugins: ReadonlyMap<string, PluginGrant>
  files: ReadonlyMap<string, FileGrant>
}

const file = (dataDir: string) => join(dataDir, 'grants.json')

/** @throws UserError (exit 3) for a file that cannot be read: then nobody knows what was granted. */
export async function readGrantTable(dataDir: string): Promise<GrantTable> {
  const text = await readFile(file(dataDir), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw unreadable(dataDir, error)
  })
  if (text === undefined) return {plugins: new Map(), files: new Map()}
  try {
    const {version, plugins, files = {}} = JSON.parse(text) as {version: unknown; plugins: unknown; files?: unknown}
    if (version !== 1) throw new TypeError('it has another format')
    return {plugins: entries<PluginGrant>(plugins), files: entries<FileGrant>(files)}
  } catch (error) {
    throw unreadable(dataDir, error)
  }
}

function entries<Grant extends {hooks: object}>(table: unknown): Map<string, Grant> {
  if (!isRecord(table)) throw new TypeError('it has another format')
  const grants = Object.entries(table) as [string, Grant][]
  if (!grants.every(([, grant]) => isRecord(grant) && isRecord(grant.hooks) && Object.values(grant.hooks).every(isHookGrant))) {
    throw new TypeError('it has an entry of another format')
  }
  return new Map(grants)
}

function isHookGrant(value: unknown): value is HookGrant {
  return (
    isRecord(value) && Array.isArray(value['on']) && value['on'].every(isRecord) && isRecord(value['when']) && isRecord(value['powers'])
  )
}

function unreadable(dataDir: string, cause: unknown): UserError {
  return new UserError(
    `The grants of the installed hooks cannot be read: ${file(dataDir)}: ${cause instanceof Error ? cause.message : String(cause)}`,
    {
      code: 'hooks.grants-unreadable',
      exitCode: ExitCode.invalidConfiguration,
      remedy: "Repair the file, or remove it and grant the hooks again: 'aurora hooks grant NAME' for each plugin.",
      cause,
    },
  )
}

/** Changes what is granted, while nobody else does; whole or not at all, and for the user alone. */
export async function changeGrants(dataDir: string, edit: (table: GrantTable) => GrantTable): Promise<void> {
  await exclusively(join(dataDir, 'grants.lock'), async () => {
    const before = await readGrantTable(dataDir)
    const after = edit(before)
    if (after !== before) await write(dataDir, after)
  })
}

async function write(dataDir: string, {plugins, files}: GrantTable): Promise<void> {
  await mkdir(dataDir, {recursive: true, mode: 0o700})
  const draft = `${file(dataDir)}.${process.pid}`
  const content = {version: 1, plugins: Object.fromEntries(plugins), files: Object.fromEntries(files)}
  try {
    await writeFile(draft, `${JSON.stringify(content, null, 2)}\n`, {mode: 0o600})
    await chmod(draft, 0o600)
    await rename(draft, file(dataDir))
  } finally {
    await rm(draft, {force: true})
  }
}
