import type {Container, JobConfiguration, Resource} from '../model/gen/types.ts'
import type {Job} from '../schema/job.ts'

/** What a job that is to be created would be, a line a fact. */
export function jobFacts({constraints, task, contact}: Job, {instanceCount, taskConfig}: JobConfiguration): readonly string[] {
  const {isService, tier, resources, container} = taskConfig
  const count = `${instanceCount} ${instanceCount === 1 ? 'instance' : 'instances'}`
  return [
    isService ? `${count} of a service` : count,
    `resources of each: ${resources.map(resourceText).join(', ')}`,
    `processes: ${(task.processes ?? []).map(({name}) => name).join(', ')}`,
    ...(tier === undefined ? [] : [`tier: ${tier}`]),
    ...Object.entries(constraints ?? {}).map(([name, value]) => `constraint: ${name} ${value}`),
    ...imageOf(container).map((image) => `image: ${image}`),
    ...(contact === undefined ? [] : [`contact: ${contact}`]),
  ].map((fact) => `+ ${fact}`)
}

function resourceText({numCpus, ramMb, diskMb, namedPort, numGpus}: Resource): string {
  if (numCpus !== undefined) return `${numCpus} CPU`
  if (ramMb !== undefined) return `${ramMb} MB of RAM`
  if (diskMb !== undefined) return `${diskMb} MB of disk`
  if (numGpus !== undefined) return `${numGpus} GPU`
  return `port ${namedPort}`
}

function imageOf({docker, mesos}: Container): string[] {
  if (docker) return [docker.image]
  const {docker: image, appc} = mesos?.image ?? {}
  if (image) return [`${image.name}:${image.tag}`]
  return appc ? [`${appc.name} ${appc.imageId}`] : []
}
