import {mkdirSync, renameSync, rmSync, writeFileSync} from 'node:fs'
import {dirname} from 'node:path'

/** What a client needs to know of a running cluster. */
export interface RunningCluster {
  name: string
  schedulerUri: string
  pid: number
  /** The build of the daemon. */
  build: string
  /** The agent's work directory. */
  slaveRoot: string
  slaveRunDirectory: string
  /** Milliseconds since the epoch. */
  startedAt: number
}

/** Readers see the old file or the new one, never a part. */
export function writeStateFile(path: string, state: RunningCluster): void {
  mkdirSync(dirname(path), {recursive: true, mode: 0o700})
  const unfinished = `${path}.${process.pid}.new`
  writeFileSync(unfinished, `${JSON.stringify(state, undefined, 2)}\n`, {mode: 0o600})
  renameSync(unfinished, path)
}

export function removeStateFile(path: string): void {
  rmSync(path, {force: true})
}
