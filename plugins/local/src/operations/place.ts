import {createHash} from 'node:crypto'
import {chmodSync, mkdirSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import type {LocalState} from '@auroractl/cli'
import {isLocked} from '../daemon/lock.ts'
import {clusterFiles} from '../daemon/options.ts'

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

/** Where root's clusters have their sandboxes: its home is closed to the accounts of the roles. */
const ROOT_AGENTS = '/var/lib/aurora/local'

/** Where the cluster's agent works; slave_root of the cluster. */
export function agentFolder({name, folder}: ClusterPlace): string {
  if (process.getuid?.() !== 0) return join(folder, 'agent')
  const unique = createHash('sha256').update(folder).digest('hex').slice(0, 8)
  return join(ROOT_AGENTS, `${name}-${unique}`)
}

/** Lets the accounts of the roles through to root's sandboxes; each of them is its account's alone. */
export function openWayToAgents(): void {
  if (process.getuid?.() !== 0) return
  for (const folder of [dirname(ROOT_AGENTS), ROOT_AGENTS]) {
    mkdirSync(folder, {recursive: true})
    chmodSync(folder, 0o711)
  }
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
  signal?: AbortSignal,
): Promise<Found | undefined> {
  const end = Date.now() + limitMs
  for (;;) {
    const found = await look()
    if (found !== undefined || Date.now() >= end) return found
    await sleep(LOOK_EVERY_MS, undefined, signal ? {signal} : {})
  }
}
