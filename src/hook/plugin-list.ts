import {mkdir, readFile, rename, rm, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {exclusively} from './exclusive.ts'
import {isRecord} from './manifest.ts'

/** An entry of the list of plugins, which is kept in `package.json` of the data folder as oclif keeps its own. */
type Entry = {name: string; type: 'user'; tag?: string; url?: string} | {name: string; type: 'link'; root: string}

/** What a data folder's `package.json` is before there is a plugin. */
export const EMPTY = '{"private": true, "dependencies": {}}'

/** Adds a linked plugin; it replaces another of its name or of its folder. */
export async function addLink(dataDir: string, {name, root}: {name: string; root: string}): Promise<void> {
  await exclusively(installLock(dataDir), () => enterPlugin(dataDir, {name, type: 'link', root}))
}

export async function removeLink(dataDir: string, name: string): Promise<void> {
  await exclusively(installLock(dataDir), () => strikePlugin(dataDir, name))
}

/** Adds an entry to the list in a folder that nobody else changes now; it replaces another of its name or of its folder. */
export async function enterPlugin(folder: string, entry: Entry): Promise<void> {
  const others = (plugins: readonly unknown[]) =>
    plugins.filter((other) => nameOf(other) !== entry.name && !(entry.type === 'link' && isLinkTo(other, entry.root)))
  await change(folder, (plugins) => [...others(plugins), entry])
}

/** Removes an entry from the list in a folder that nobody else changes now. */
export async function strikePlugin(folder: string, name: string): Promise<void> {
  await change(folder, (plugins) => plugins.filter((entry) => nameOf(entry) !== name))
}

function nameOf(entry: unknown): unknown {
  return isRecord(entry) ? entry['name'] : entry
}

function isLinkTo(entry: unknown, root: string): boolean {
  return isRecord(entry) && entry['type'] === 'link' && entry['root'] === root
}

/** What is locked while plugins are added, removed or installed. */
export function installLock(dataDir: string): string {
  return join(dataDir, 'plugins.lock')
}

async function change(dataDir: string, edit: (plugins: readonly unknown[]) => unknown[]): Promise<void> {
  const path = join(dataDir, 'package.json')
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return EMPTY
    throw error
  })
  const value: unknown = JSON.parse(text)
  const whole = isRecord(value) ? value : {}
  const oclif = isRecord(whole['oclif']) ? whole['oclif'] : {schema: 1}
  const plugins = Array.isArray(oclif['plugins']) ? oclif['plugins'] : []
  const draft = `${path}.${process.pid}`
  await mkdir(dataDir, {recursive: true, mode: 0o700})
  try {
    await writeFile(draft, JSON.stringify({...whole, oclif: {...oclif, plugins: edit(plugins)}}, null, 2), {mode: 0o600})
    await rename(draft, path)
  } finally {
    await rm(draft, {force: true})
  }
}
