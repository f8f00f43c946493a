import type {Job} from './job.ts'
import {requestedPorts} from './ports.ts'

const known = new WeakMap<Job, ReadonlySet<string>>()

/** Every name by which a port of the task is known when it runs. @throws SchemaError for a portmap that goes in circles */
export function knownPorts(job: Job): ReadonlySet<string> {
  const before = known.get(job)
  if (before) return before
  const ports = new Set([...requestedPorts(job), ...Object.keys(job.announce?.portmap ?? {})])
  known.set(job, ports)
  return ports
}
