import {lstatSync, readdirSync, rmdirSync, rmSync} from 'node:fs'
import {join} from 'node:path'
import {operation, type PlannedEffect, step, type StepIo, UserError} from '@auroractl/cli'
import {acquireLock, PATIENCE_MS} from '../daemon/lock.ts'
import {clusterFiles} from '../daemon/options.ts'
import {knownJobs} from '../store/jobs.ts'
import {endLeftovers} from './leftovers.ts'
import {agentFolder, type ClusterPlace, nameFlag, stateFile} from './place.ts'
import {performStop, plannedStop} from './stop.ts'

export interface ResetResult {
  name: string
  /** False: there was nothing to delete, or the user declined. */
  reset: boolean
  /** What is in the folder that no cluster has put there; it stays. */
  left: string[]
}

export interface ResetInput {
  place: ClusterPlace
  /** Asks the user, once hooks have allowed it. */
  confirm: () => Promise<boolean>
}

const findFolder = step<ResetInput, {exists: boolean}>({
  name: 'find the folder',
  run: ({place}) => ({exists: isOwnFolder(place)}),
  // It may have been deleted before the run was cut short.
  memo: {save: ({exists}) => exists, restore: (exists) => ({exists: exists === true})},
})

/** Stops the cluster, ends what is left of its tasks, and deletes its jobs, history and sandboxes, once `confirm` says so. */
const deleteCluster = step<ResetInput & {exists: boolean}, {result: ResetResult}>({
  name: 'delete the cluster',
  describe: async ({place, exists}) => (exists ? [...(await plannedStop(place)), plannedDeletion(place)] : []),
  async run({place, confirm, exists}, io) {
    if (!exists || !(await confirm())) return {result: {name: place.name, reset: false, left: []}}
    await performStop(place, io)
    return {result: await performDeletion(place, io)}
  },
})

/** Deletes a local cluster with its jobs. */
export const resetLocal = operation<'local.reset', ResetInput>('local.reset')
  .read(findFolder)
  .hooks(({place: {name}}) => ({options: {name}}))
  .act(deleteCluster)
  .returns(({result}) => result)

function plannedDeletion(place: ClusterPlace): PlannedEffect {
  const jobs = knownJobs(clusterFiles(place.folder).database)
  const difference = [
    ...jobs.map(({job, active, ended}) => `- job ${place.name}/${job}: ${active} active and ${ended} ended tasks, with their history`),
    ...filesOf(place).map((path) => `- ${path}`),
  ]
  return {text: `delete the cluster '${place.name}' with all its jobs`, call: 'rm', target: place.folder, difference}
}

function performDeletion(place: ClusterPlace, io: Pick<StepIo, 'perform'>): Promise<ResetResult> {
  return io.perform({
    kind: 'checkable',
    name: `the cluster '${place.name}' was deleted`,
    findOut: `aurora local status${nameFlag(place)}`,
    call: () => deleteFiles(place),
    check: async () => (isOwnFolder(place) ? undefined : {name: place.name, reset: true, left: []}),
  })
}

async function deleteFiles(place: ClusterPlace): Promise<ResetResult> {
  const files = clusterFiles(place.folder)
  const lock = acquireLock(files.lock, PATIENCE_MS)
  if (!lock) throw new UserError(`The cluster '${place.name}' was started again meanwhile; nothing was deleted`, {code: 'local.running'})
  try {
    await endLeftovers(agentFolder(place))
    for (const path of ownPaths(place)) rmSync(path, {recursive: true, force: true})
  } finally {
    lock.release()
  }
  rmSync(files.lock, {force: true})
  const left = readdirSync(place.folder)
  if (left.length === 0) rmdirSync(place.folder)
  return {name: place.name, reset: true, left: left.map((name) => join(place.folder, name))}
}

/** All that a cluster puts into its folder, but for the lock. */
function ownPaths(place: ClusterPlace): string[] {
  const {database, log} = clusterFiles(place.folder)
  const beside = ['-wal', '-shm', '.new'].map((end) => `${database}${end}`)
  return [database, ...beside, agentFolder(place), stateFile(place), log, `${log}.1`]
}

function filesOf(place: ClusterPlace): string[] {
  return ownPaths(place).filter((path) => lstatSync(path, {throwIfNoEntry: false}))
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

declare module '@auroractl/cli' {
  interface Operations {
    'local.reset': {options: {name: string}}
  }
}
