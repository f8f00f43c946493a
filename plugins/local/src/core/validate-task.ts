import type {Constraint, Resource, TaskConfig} from '@auroractl/cli/thrift'
import {invalid} from './answer.ts'
import {requested} from './resources.ts'
import {EXECUTOR, TIERS} from './settings.ts'

const IDENTIFIER = /^[\w\-.]{1,255}$/

export function isIdentifier(text: string | undefined): text is string {
  return text !== undefined && IDENTIFIER.test(text)
}

/** @throws Refusal with the scheduler's own words (reference/thrift-api.md §6, configuration validation) */
export function validateTask(config: TaskConfig): void {
  checkJob(config)
  checkTier(config)
  checkExecutor(config)
  checkResources(config)
  for (const constraint of config.constraints ?? []) if (constraint.name === 'dedicated') checkDedicated(config, constraint)
  checkContainer(config)
  if (config.mesosFetcherUris && config.mesosFetcherUris.length > 0) {
    throw invalid('Mesos Fetcher for individual jobs is disabled in this cluster.')
  }
}

function checkJob({job, owner}: TaskConfig): void {
  if (!isIdentifier(job?.role) || !isIdentifier(job.environment) || !isIdentifier(job.name)) {
    throw invalid(`Job key ${job?.role ?? ''}/${job?.environment ?? ''}/${job?.name ?? ''} is invalid.`)
  }
  if (owner && !isIdentifier(owner.user)) throw invalid(`Job user contains illegal characters: ${String(owner.user)}`)
}

function checkTier({tier}: TaskConfig): void {
  if (tier === undefined) return
  if (!isIdentifier(tier)) throw invalid(`Tier contains illegal characters: ${String(tier)}`)
  if (!TIERS.has(tier)) throw invalid(`Invalid tier '${tier}' in TaskConfig.`)
}

function checkExecutor({executorConfig, container}: TaskConfig): void {
  if (!executorConfig) {
    if (container?.docker) return
    throw invalid('Configuration may not be null.')
  }
  if (!executorConfig.name) throw invalid('Executor name may not be left unset.')
  if (executorConfig.name !== EXECUTOR) throw invalid(`Configuration for executor '${executorConfig.name}' doesn't exist.`)
}

function checkResources(config: TaskConfig): void {
  const scalars = {CPU: 'numCpus', RAM: 'ramMb', disk: 'diskMb', GPU: 'numGpus'} as const satisfies Record<string, keyof Resource>
  const repeated = Object.entries(scalars).filter(
    ([, field]) => (config.resources ?? []).filter((one) => one[field] !== undefined).length > 1,
  )
  if (repeated.length > 0) throw invalid(`Multiple resource values are not supported for ${repeated.map(([name]) => name).join(', ')}`)
  const {cpus, ramMb, diskMb, gpus} = requested(config)
  // Written so that NaN is refused, too.
  if (!(cpus > 0 && Number.isFinite(cpus))) throw invalid('num_cpus must be greater than 0.0')
  if (!(ramMb > 0)) throw invalid('ram_mb must be greater than 0.0')
  if (!(diskMb > 0)) throw invalid('disk_mb must be greater than 0.0')
  if (gpus > 0) throw invalid('GPU resource support is disabled in this cluster.')
}

function checkDedicated({job}: TaskConfig, {constraint}: Constraint): void {
  if (!constraint?.value) throw invalid('A dedicated constraint must be of value type.')
  const [value, ...more] = constraint.value.values ?? []
  if (value === undefined || more.length > 0) throw invalid('A dedicated constraint must have exactly one value')
  const role = value.split('/')[0] ?? ''
  if (role !== '*' && role !== job?.role) throw invalid(`Only ${role} may use hosts dedicated for that role.`)
}

/** Missing is Mesos; a union of which nothing is set is no container type. */
function checkContainer({container}: TaskConfig): void {
  if (!container) return
  if (container.docker) {
    if (!container.docker.image) throw invalid('A container must specify an image.')
    throw invalid('This scheduler is not configured to allow the container type DOCKER')
  }
  if (!container.mesos) throw invalid('A job must have a container type.')
  if (container.mesos.volumes && container.mesos.volumes.length > 0) {
    throw invalid('This scheduler is configured to disallow container volumes.')
  }
  if (container.mesos.image) throw invalid('This scheduler runs tasks as processes of the machine, not in container images.')
}
