import {existsSync} from 'node:fs'
import {readFile, rename, rm, stat, writeFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {UserError} from '../model/errors.ts'
import {ExitCode} from '../model/exit-code.ts'
import {findProjectFile} from './find-project-file.ts'
import type {HookLock} from './lock.ts'
import {isRecord} from './manifest.ts'
import {notOurs} from './ownership.ts'

const NAME = 'aurora-hooks.lock'
const FORMAT = 1

/** Where the lock of a folder's project is: beside the project's file, or else in the nearest folder that has one, up to the repository's. */
export function lockPath(folder: string, home: string): string {
  const project = findProjectFile(folder, home)
  if (project !== undefined) return join(dirname(project), NAME)
  for (let at = folder; at !== home && at !== dirname(at); at = dirname(at)) {
    if (existsSync(join(at, NAME))) return join(at, NAME)
    if (existsSync(join(at, '.git'))) break
  }
  return join(folder, NAME)
}

/** undefined where there is none. @throws UserError (exit 3) for one that cannot be read */
export async function readLock(path: string): Promise<HookLock | undefined> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw unreadable(path, error)
  })
  if (text === undefined) return undefined
  try {
    const why = notOurs(await stat(path))
    if (why !== undefined) throw new Error(why)
    const {lockVersion, plugins, files} = JSON.parse(text) as Record<string, unknown>
    if (lockVersion !== FORMAT) throw new TypeError(`it is of format ${String(lockVersion)}, this client writes ${FORMAT}`)
    if (![plugins, files].every(isTable)) throw new TypeError('it is no lock of hooks')
    return {plugins, files} as HookLock
  } catch (error) {
    throw unreadable(path, error as Error)
  }
}

/** Writes the lock; whole or not at all. */
export async function writeLock(path: string, lock: HookLock): Promise<void> {
  const draft = `${path}.${process.pid}`
  try {
    await writeFile(draft, lockText(lock))
    await rename(draft, path)
  } finally {
    await rm(draft, {force: true})
  }
}

function lockText(lock: HookLock): string {
  return `${JSON.stringify({lockVersion: FORMAT, ...lock}, null, 2)}\n`
}

function isTable(table: unknown): boolean {
  return (
    isRecord(table) && Object.values(table).every((source) => isRecord(source) && isRecord(source['hooks']) && hooksAre(source['hooks']))
  )
}

function hooksAre(hooks: Record<string, unknown>): boolean {
  return Object.values(hooks).every((hook) => {
    if (!isRecord(hook) || typeof hook['digest'] !== 'string') return false
    return Array.isArray(hook['on']) && hook['on'].every((point) => typeof point === 'string') && isRecord(hook['powers'])
  })
}

function unreadable(path: string, cause: Error): UserError {
  return new UserError(`The lock of the hooks cannot be read: ${path}: ${cause.message}`, {
    code: 'hooks.lock-unreadable',
    exitCode: ExitCode.invalidConfiguration,
    remedy: "Write it again with 'aurora hooks lock', and look at the difference.",
    cause,
  })
}
