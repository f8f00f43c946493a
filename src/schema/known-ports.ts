import type {Job} from './job.ts'
import {portsInProcesses, requestedPorts} from './ports.ts'

/** Every name by which a port of the task is known when it runs. @throws SchemaError for a portmap that goes in circles */
export function knownPorts(job: Job): Set<string> {
  return new Set([...requestedPorts(job), ...Object.keys(job.announce?.portmap ?? {}), ...portsInProcesses(job)])
}
