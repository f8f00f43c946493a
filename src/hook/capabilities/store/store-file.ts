import {createHash} from 'node:crypto'
import {mkdir, open, rm} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import type {RegisteredHook} from '../../registry.ts'

/** Whose data it is: a plugin's, by its name, or that of a file of hooks, by its path. Never what the hook itself says. */
type StoreOwner = Pick<RegisteredHook, 'kind' | 'owner' | 'configures'>

/** The file of one owner's data; nobody else's hooks get it. */
export function storeFile(dataDir: string, {kind, owner, configures}: StoreOwner): string {
  // A plugin's hook that a file uses goes on with what it knows.
  const id = JSON.stringify([configures ? 'plugin' : kind, owner])
  return join(dataDir, 'hook-data', `${createHash('sha256').update(id).digest('hex').slice(0, 32)}.db`)
}

/** Makes the file, for the user alone, where it is not there. */
export async function makeStoreFile(file: string): Promise<void> {
  await mkdir(dirname(file), {recursive: true, mode: 0o700})
  await (await open(file, 'a', 0o600)).close()
}

/** Forgets what a plugin's hooks have kept, for when the plugin is removed. */
export async function removeStore(dataDir: string, plugin: string): Promise<void> {
  const file = storeFile(dataDir, {kind: 'plugin', owner: plugin})
  await Promise.all([file, `${file}-journal`].map((each) => rm(each, {force: true})))
}
