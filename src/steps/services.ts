import type {Cluster} from '../cluster/cluster.ts'
import type {Clusters} from '../cluster/clusters.ts'
import type {KeptConfig, LoadedConfig} from '../config/load.ts'
import type {SchedulerConnection} from '../scheduler/connect.ts'

/** How a configuration file is to be read. */
export interface ConfigRequest {
  file: string
  /** `--bind` pairs, in their order. */
  bindings: readonly (readonly [name: string, value: string])[]
  /** The file is JSON (`--read-json`). */
  readJson: boolean
  /** Whether its live objects are kept, for its hooks. */
  keepLive?: boolean
  /** What the cache had when the command began; null: nothing. Without it, it is asked. */
  kept?: KeptConfig | null
}

/** What steps reach the world through; the host gives it to every operation as `services`. */
export interface Services {
  clusters(): Promise<Clusters>
  /** A connection to the cluster's scheduler, shared by the whole command. Nothing is sent before the first call. */
  connect(cluster: Cluster): SchedulerConnection
  loadConfig(request: ConfigRequest): Promise<LoadedConfig>
  /** The person who runs the command, by the operating system. */
  user: string
}
