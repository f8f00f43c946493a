import type {Cluster} from '../cluster/cluster.ts'
import {loadClusters} from '../cluster/clusters.ts'
import {connect, type SchedulerConnection} from '../scheduler/connect.ts'
import {loginName} from '../config/login-name.ts'
import type {LogLevel} from '../model/events.ts'
import type {LoadedConfig} from '../config/load.ts'
import type {ConfigRequest, Services} from '../steps/services.ts'
import {configOptions} from './config-options.ts'

/** The world as operations reach it, for one command. */
export function createServices(log: (level: LogLevel, text: string) => void, dataDir: string, env = process.env): Services {
  let clusters: ReturnType<typeof loadClusters> | undefined
  const connections = new Map<string, SchedulerConnection>()
  /** What operations see of a file is the same for all that a command does. */
  const loaded = new Map<string, Promise<LoadedConfig>>()
  const load = async (request: ConfigRequest): Promise<LoadedConfig> => {
    const {loadConfig} = await import('../config/load.ts')
    return loadConfig(request.file, {...configOptions(log, env, dataDir), ...request})
  }
  return {
    user: loginName(env),
    clusters: () => (clusters ??= loadClusters(env)),
    connect(cluster: Cluster) {
      const known = connections.get(cluster.name)
      if (known) return known
      const connection = connect(cluster, {log, env})
      connections.set(cluster.name, connection)
      return connection
    },
    loadConfig({kept, ...request}) {
      const key = JSON.stringify(request)
      const config = loaded.get(key) ?? load({...request, ...(kept === undefined ? {} : {kept})})
      loaded.set(key, config)
      return config
    },
  }
}
