import type {Resources} from '../core/resources.ts'

/** What `aurora local start` tells the daemon, as one JSON argument. */
export interface DaemonOptions {
  /** The cluster's name. */
  name: string
  /** The cluster's own folder: database, lock, log. */
  folder: string
  /** The agent's work directory: the tasks' sandboxes. */
  agentFolder: string
  /** The build that starts it, by which a later client knows that the daemon is older. */
  build: string
  /** Where the client looks for the running cluster. */
  stateFile: string
  port?: number
  /** What the host offers to tasks; the rest by default. */
  resources?: Partial<Resources>
}

/** The files of a cluster's folder. */
export function clusterFiles(folder: string): {database: string; log: string; lock: string} {
  return {database: `${folder}/scheduler.db`, log: `${folder}/daemon.log`, lock: `${folder}/lock`}
}
