import {
  asAuroraError,
  boundKey,
  ExitCode,
  type JobKey,
  type JobPattern,
  matchesPattern,
  requireOk,
  type Services,
  step,
} from '@auroractl/cli'

/**
 * The keys that a pattern matches: a key without `*` stands for itself and asks nobody; else one `getJobs` a cluster
 * (reference/commands.md §2.4). Sorted, so that the output is the same each time.
 */
export const findKeys = step<{services: Services; pattern: JobPattern}, {keys: readonly JobKey[]}>({
  name: 'find jobs',
  async run({services, pattern}, io) {
    const key = boundKey(pattern)
    if (key) return {keys: [key]}
    const clusters = await services.clusters()
    const searched = pattern.cluster === '*' ? clusters.names() : [pattern.cluster]
    const found = await Promise.allSettled(searched.map((cluster) => keysIn(services, pattern, cluster)))
    const failed = found.filter((result) => result.status === 'rejected')
    // One cluster that does not answer must not hide the others; when none does, that is the error.
    if (failed[0] && failed.length === found.length) throw failed[0].reason
    for (const {reason} of failed) io.warn(`Left out: ${asAuroraError(reason).message}`)
    return {keys: found.flatMap((result) => (result.status === 'fulfilled' ? result.value : []))}
  },
})

async function keysIn(services: Services, pattern: JobPattern, cluster: string): Promise<readonly JobKey[]> {
  const clusters = await services.clusters()
  const {api} = services.connect(clusters.get(cluster))
  const response = pattern.role.includes('*') ? await api.getJobs() : await api.getJobs(pattern.role)
  requireOk(response, {exitCode: ExitCode.commandFailure})
  const jobs = response.result?.getJobsResult?.configs ?? []
  const texts = jobs.map(({key}) => key).filter((key) => matchesPattern(pattern, key))
  return texts
    .map(({role, environment, name}) => ({cluster, role, environment, name}))
    .sort((a, b) => (a.role + '/' + a.environment + '/' + a.name < b.role + '/' + b.environment + '/' + b.name ? -1 : 1))
}
