import {constants} from 'node:fs'
import {access, chmod, copyFile, cp, mkdir, rename, rm, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {exclusively} from './exclusive.ts'
import {npm} from './npm.ts'
import {EMPTY, installLock} from './plugin-list.ts'

/** The installed plugins as they would be: a folder beside the data folder, in which npm works and nothing is used from. */
export interface Staging {
  /** The data folder that it stands for. */
  dataDir: string
  folder: string
  npm(args: readonly string[], options?: {scripts?: boolean}): Promise<unknown>
  /** Makes it the one that is used. */
  commit(): Promise<void>
}

const FILES = ['package.json', 'package-lock.json']
const MODULES = 'node_modules'

/**
 * Does something with a copy of the installed plugins, which takes their place when it is committed, so that what was looked at is what is
 * used, to the last byte, and what fails leaves everything as it was. One at a time.
 */
export async function staged<Value>(dataDir: string, work: (staging: Staging) => Promise<Value>): Promise<Value> {
  return exclusively(installLock(dataDir), async () => {
    // A sibling, so that the paths of tarballs in package.json, which npm writes relative to it, mean the same in both.
    const folder = `${dataDir.replace(/\/+$/, '')}.staged`
    const old = join(folder, `${MODULES}.old`)
    await recover(old, join(dataDir, MODULES))
    await rm(folder, {recursive: true, force: true})
    try {
      await mkdir(folder, {recursive: true, mode: 0o700})
      // Without one, npm works in the nearest folder above that has one, such as the home.
      await writeFile(join(folder, 'package.json'), EMPTY, {mode: 0o600})
      for (const file of FILES) await copyFile(join(dataDir, file), join(folder, file)).catch(unlessAbsent)
      await cp(join(dataDir, MODULES), join(folder, MODULES), COPY).catch(unlessAbsent)
      return await work({
        dataDir,
        folder,
        npm: (args, options) => npm(args, {cwd: folder, ...options}),
        commit: () => swap(folder, old, dataDir),
      })
    } finally {
      await rm(folder, {recursive: true, force: true})
    }
  })
}

const COPY = {recursive: true, preserveTimestamps: true, verbatimSymlinks: true, mode: constants.COPYFILE_FICLONE}

async function swap(folder: string, old: string, dataDir: string): Promise<void> {
  const modules = join(dataDir, MODULES)
  await mkdir(join(folder, MODULES), {recursive: true})
  await rename(modules, old).catch(unlessAbsent)
  try {
    await rename(join(folder, MODULES), modules)
  } catch (error) {
    await recover(old, modules)
    throw error
  }
  for (const file of FILES) {
    await chmod(join(folder, file), 0o600).catch(unlessAbsent)
    await rename(join(folder, file), join(dataDir, file)).catch(unlessAbsent)
  }
}

/** Puts back what an interrupted swap had set aside. */
async function recover(old: string, modules: string): Promise<void> {
  if ((await exists(old)) && !(await exists(modules))) await rename(old, modules)
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

function unlessAbsent(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}
