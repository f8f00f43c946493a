import {join} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import {isLocked} from '../daemon/lock.ts'
import {clusterFiles} from '../daemon/options.ts'

/** What the host's `readLocalState` gives: what a running cluster says of itself. */
export interface LocalState {
  name: string
  schedulerUri: string
  pid: number
  build: string
  slaveRoot?: string
  slaveRunDirectory?: string
}

/** Which local cluster, and where it lives. */
export interface ClusterPlace {
  name: string
  /** The cluster's own folder; its state file is in it. */
  folder: string
  /** Reads the state file; undefined when there is no valid one. */
  readState(): Promise<LocalState | undefined>
}

export function stateFile(place: ClusterPlace): string {
  return join(place.folder, 'state.json')
}

/** ` --name x`, unless the cluster is the one that commands mean without it. */
export function nameFlag({name}: {name: string}): string {
  return name === 'devcluster' ? '' : ` --name ${name}`
}

/** Whether its daemon lives; a state file alone proves nothing. */
export function isRunning(place: ClusterPlace): boolean {
  return isLocked(clusterFiles(place.folder).lock)
}

const LOOK_EVERY_MS = 25

/** Waits until a look finds something; undefined when it has not within the limit. */
export async function waitFor<Found>(
  look: () => Found | undefined | Promise<Found | undefined>,
  limitMs: number,
): Promise<Found | undefined> {
  const end = Date.now() + limitMs
  for (;;) {
    const found = await look()
    if (found !== undefined || Date.now() >= end) return found
    await sleep(LOOK_EVERY_MS)
  }
}
