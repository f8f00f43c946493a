import {execFile} from 'node:child_process'
import {randomUUID} from 'node:crypto'
import {realpathSync} from 'node:fs'
import {chmod, chown, lstat, mkdir, realpath, rename, rm, stat, symlink} from 'node:fs/promises'
import {basename, dirname, join, relative, resolve, sep} from 'node:path'
import {promisify} from 'node:util'
import type {Account} from './account.ts'
import {TaskRefused} from './refusal.ts'

/** The agent's and the framework's ids in paths; clients write `*` for both (reference/task-run.md §1). */
const [AGENT_ID, FRAMEWORK_ID] = ['local-S0', 'aurora']

/** Where a task's files are below the agent's root, as on a Mesos agent (reference/thermos.md §3). */
export interface Directories {
  /** `…/runs/<run>`: the executor's own, with its console. */
  run: string
  /** HOME and working directory of the processes. */
  sandbox: string
}

/** Task ids come from outside; only one that is a plain file name leads to a path. */
export function isTaskId(taskId: string): boolean {
  return /^[\w.-]{1,240}$/.test(taskId) && !/^\.+$/.test(taskId)
}

export function checkpointFolder(root: string, taskId: string): string {
  return join(root, 'checkpoints', taskId)
}

function executorFolder(root: string, taskId: string): string {
  return join(root, 'slaves', AGENT_ID, 'frameworks', FRAMEWORK_ID, 'executors', `thermos-${taskId}`)
}

export function newDirectories(root: string, taskId: string): Directories {
  const run = join(executorFolder(root, taskId), 'runs', randomUUID())
  return {run, sandbox: join(run, 'sandbox')}
}

/** Makes the directories and hands them to the account whose processes will live there. */
export async function createSandbox(root: string, {run, sandbox}: Directories, account: Account, switched: boolean): Promise<void> {
  try {
    await mkdir(sandbox, {recursive: true, mode: 0o700})
    await pointLatest(run)
    if (!switched) return
    await chown(sandbox, account.uid, account.gid)
    await chown(run, account.uid, account.gid)
    for (let path = dirname(run); path !== root; path = dirname(path)) await chmod(path, 0o711)
    await checkReachable(dirname(run), account)
  } catch (error) {
    if (error instanceof TaskRefused) throw error
    throw new TaskRefused(`Failed to initialize sandbox: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** The sandbox of a task of which we know no more than its id. */
export function latestSandbox(root: string, taskId: string): string | undefined {
  try {
    const folder = executorFolder(realpathSync(root), taskId)
    const sandbox = realpathSync(join(folder, 'runs', 'latest', 'sandbox'))
    // A link in its place must not make it another task's.
    return isInside(folder, sandbox) ? sandbox : undefined
  } catch {
    return undefined
  }
}

async function pointLatest(run: string): Promise<void> {
  const temporary = `${run}.latest`
  await rm(temporary, {force: true})
  await symlink(run, temporary)
  await rename(temporary, join(dirname(run), 'latest'))
}

async function checkReachable(directory: string, account: Account): Promise<void> {
  for (let path = directory; ; path = dirname(path)) {
    const {uid, gid, mode} = await stat(path)
    const shift = uid === account.uid ? 6 : account.groups.includes(gid) ? 3 : 0
    if (account.uid !== 0 && ((mode >> shift) & 1) === 0) {
      throw new TaskRefused(`Failed to initialize sandbox: ${account.name} may not enter ${path}, which is above its sandbox`)
    }
    if (path === dirname(path)) return
  }
}

const run = promisify(execFile)

/**
 * Deletes what is left of a task, and nothing outside the root, whatever symlinks lie on the way. By `rm`, which holds on to each folder that
 * it goes through: Node goes by paths, and an account may put a link in a folder's place while root deletes its sandbox.
 */
export async function removeTask(root: string, taskId: string): Promise<void> {
  for (const folder of [executorFolder(root, taskId), checkpointFolder(root, taskId)]) {
    const exists = await lstat(folder).catch(() => undefined)
    if (exists === undefined) continue
    const parent = await realpath(dirname(folder))
    if (isInside(await realpath(root), parent)) await run('rm', ['-rf', '--', join(parent, basename(folder))])
  }
}

export function isInside(root: string, path: string): boolean {
  const way = relative(root, resolve(path))
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`)
}
