import {readFile, stat} from 'node:fs/promises'
import {join} from 'node:path'
import {isRecord} from './manifest.ts'

/** A plugin that the user has installed or linked, as far as it can be read without running anything. */
export interface InstalledPlugin {
  name: string
  root: string
  type: 'link' | 'user'
  /** What npm was asked for, and is asked for again to update it. */
  spec: string
  /** The plugin's package.json, or why it cannot be read. */
  package: PackageFile | {unreadable: string}
}

export interface PackageFile {
  name: string
  version: string
  /** The hook manifest; undefined for a plugin that brings no hooks. */
  aurora: unknown
  /** What oclif needs to take a package for a plugin. */
  oclif: unknown
}

const MAX_BYTES = 1_000_000
/** As npm has it. */
const MAX_NAME = 214

/** The user's plugins in the order in which they were installed, as oclif's plugin of plugins keeps them in the data folder. */
export async function installedPlugins(dataDir: string): Promise<InstalledPlugin[]> {
  const entries = await pluginEntries(dataDir)
  return Promise.all(
    entries.map(async (entry) => {
      const found = await readPackage(entry.root).catch((error: Error) => ({unreadable: error.message}))
      return {...entry, package: found}
    }),
  )
}

/** A package's package.json. @throws an Error that says what is wrong with it */
export async function readPackage(root: string): Promise<PackageFile> {
  const value = await readJson(join(root, 'package.json'))
  if (!isRecord(value)) throw new TypeError('package.json is not an object')
  const {name, version, aurora, oclif} = value
  if (typeof name !== 'string' || name.length > MAX_NAME || !/^(@[a-z\d~-][\w.~-]*\/)?[a-z\d~-][\w.~-]*$/i.test(name))
    throw new TypeError('package.json has no valid name')
  return {name, version: typeof version === 'string' ? version : '', aurora, oclif}
}

type Entry = Pick<InstalledPlugin, 'name' | 'root' | 'type' | 'spec'>

async function pluginEntries(dataDir: string): Promise<Entry[]> {
  const value = await readJson(join(dataDir, 'package.json')).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return {}
    throw error
  })
  const oclif: unknown = isRecord(value) ? value['oclif'] : undefined
  const plugins: unknown = isRecord(oclif) ? oclif['plugins'] : undefined
  if (!Array.isArray(plugins)) return []
  return plugins.flatMap((entry: unknown): Entry[] => {
    const {name, root, type, tag, url}: Record<string, unknown> = isRecord(entry) ? entry : {name: entry}
    if (typeof name !== 'string') return []
    if (type === 'link' && typeof root === 'string') return [{name, root, type, spec: root}]
    const spec = typeof url === 'string' ? url : `${name}@${typeof tag === 'string' ? tag : 'latest'}`
    return [{name, root: join(dataDir, 'node_modules', name), type: 'user', spec}]
  })
}

async function readJson(path: string): Promise<unknown> {
  const found = await stat(path)
  if (!found.isFile()) throw new TypeError(`${path} is no file`)
  if (found.size > MAX_BYTES) throw new RangeError(`${path} is larger than ${MAX_BYTES} bytes`)
  return JSON.parse(await readFile(path, 'utf8')) as unknown
}
