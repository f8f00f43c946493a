import type {Cluster} from '../cluster/cluster.ts'
import {loadClusters} from '../cluster/clusters.ts'
import {connect, type SchedulerConnection} from '../scheduler/connect.ts'
import {loginName} from '../config/login-name.ts'
import type {LogLevel} from '../model/events.ts'
import type {Services} from '../steps/services.ts'
import {configOptions} from './config-options.ts'

/** The world as operations reach it, for one command. */
export function createServices(log: (level: LogLevel, text: string) => void, dataDir: string, env = process.env): Services {
  let clusters: ReturnType<typeof loadClusters> | undefined
  const connections = new Map<string, SchedulerConnection>()
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
    async loadConfig(request) {
      const {loadConfig} = await import('../config/load.ts')
      return loadConfig(request.file, {...configOptions(log, env, dataDir), ...request})
    },
  }
}
