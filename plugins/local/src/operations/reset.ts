import {lstatSync, readdirSync, rmdirSync, rmSync} from 'node:fs'
import {join} from 'node:path'
import {UserError} from '@auroractl/cli'
import {acquireLock, PATIENCE_MS} from '../daemon/lock.ts'
import {clusterFiles} from '../daemon/options.ts'
import {endLeftovers} from './leftovers.ts'
import {agentFolder, type ClusterPlace, stateFile} from './place.ts'
import {stopCluster} from './stop.ts'

export interface ResetResult {
  name: string
  /** False: there was nothing to delete, or the user declined. */
  reset: boolean
  /** What is in the folder that no cluster has put there; it stays. */
  left: string[]
}

/** Stops the cluster, ends what is left of its tasks, and deletes its jobs, history and sandboxes, once `confirm` says so. */
export async function resetCluster(place: ClusterPlace, confirm: () => Promise<boolean>): Promise<ResetResult> {
  const untouched = {name: place.name, reset: false, left: []}
  if (!isOwnFolder(place) || !(await confirm())) return untouched
  await stopCluster(place)
  const files = clusterFiles(place.folder)
  const agent = agentFolder(place)
  const lock = acquireLock(files.lock, PATIENCE_MS)
  if (!lock) throw new UserError(`The cluster '${place.name}' was started again meanwhile; nothing was deleted`, {code: 'local.running'})
  try {
    await endLeftovers(agent)
    const own = [files.database, `${files.database}-wal`, `${files.database}-shm`, `${files.database}.new`, agent, stateFile(place)]
    for (const path of [...own, files.log, `${files.log}.1`]) rmSync(path, {recursive: true, force: true})
  } finally {
    lock.release()
  }
  rmSync(files.lock, {force: true})
  const left = readdirSync(place.folder)
  if (left.length === 0) rmdirSync(place.folder)
  return {name: place.name, reset: true, left: left.map((name) => join(place.folder, name))}
}

/** Nothing is deleted through a link, or in another user's folder. */
function isOwnFolder({folder}: ClusterPlace): boolean {
  const stats = lstatSync(folder, {throwIfNoEntry: false})
  if (!stats) return false
  if (!stats.isDirectory() || (process.getuid && stats.uid !== process.getuid())) {
    throw new UserError(`${folder} is not a folder of yours; nothing was deleted`, {code: 'local.foreign-folder'})
  }
  return true
}
