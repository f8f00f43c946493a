import {asAuroraError, connect, type Services} from '@auroractl/cli'
import {type Finding, timeText} from '../finding.ts'

const PATIENCE_MS = 5_000

/** Whether each cluster of clusters.json answers, and how fast; all at once, and none for long. */
export async function checkClusters(services: Services): Promise<Finding[]> {
  const clusters = await services.clusters().catch((thrown: unknown) => asAuroraError(thrown))
  if (clusters instanceof Error) {
    const remedy = clusters.remedy === undefined ? {} : {remedy: clusters.remedy}
    return [{check: 'clusters', subject: 'clusters.json', status: 'problem', text: clusters.message, ...remedy}]
  }
  const names = clusters.names()
  if (names.length === 0) {
    const remedy = "Name them in ~/.aurora/clusters.json, or start one here: 'aurora local start'"
    return [{check: 'clusters', subject: 'clusters.json', status: 'warning', text: 'there is no cluster', remedy}]
  }
  return Promise.all(names.map((name) => checkCluster(name, () => clusters.get(name))))
}

async function checkCluster(subject: string, get: () => Parameters<typeof connect>[0]): Promise<Finding> {
  const finding = {check: 'clusters', subject}
  const began = performance.now()
  try {
    const none = {connection: [], transient: []}
    const connection = connect(get(), {timeoutMs: PATIENCE_MS, connectTimeoutMs: PATIENCE_MS, retry: none})
    try {
      await connection.api.getTierConfigs()
    } finally {
      connection.close()
    }
    return {...finding, status: 'ok', text: `answers in ${timeText(performance.now() - began)}`}
  } catch (thrown) {
    const {message, remedy} = asAuroraError(thrown)
    return {...finding, status: 'problem', text: message, ...(remedy === undefined ? {} : {remedy})}
  }
}
