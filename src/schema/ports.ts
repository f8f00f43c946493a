import type {Job, Process} from './job.ts'
import {parseReference} from './reference.ts'
import {SchemaError} from './schema-error.ts'
import {tagsOf} from './tags.ts'

/**
 * The ports that a task asks for: what `announce` maps to, and each `{{thermos.ports[x]}}` in a process, by the name that the portmap gives it
 * (reference/config-dsl.md §9). Sorted; static numbers are not asked for.
 * @throws SchemaError if the portmap goes in circles, or a port has no name.
 */
export function requestedPorts(job: Job): string[] {
  const portmap = new Map(Object.entries(job.announce?.portmap ?? {}))
  const targets = [...portmap.keys()].map((name) => targetOf(name, portmap))
  const ports = new Set(targets.concat([...portsInProcesses(job)].map((name) => targetOf(name, portmap))))
  return [...ports].filter((port) => !isNumber(port)).toSorted()
}

/** The names of the ports that processes mention. */
function portsInProcesses(job: Job): Set<string> {
  const ports = new Set<string>()
  for (const process of job.task.processes ?? []) {
    for (const port of portsIn(process)) ports.add(port)
  }
  return ports
}

function portsIn(process: Process): string[] {
  const texts = Object.values(process).filter((value) => typeof value === 'string')
  return texts.flatMap((text) => (text.includes('thermos') ? tagsOf(text).flatMap((address) => portOf(address) ?? []) : []))
}

/** `http` for `thermos.ports[http]`. */
function portOf(address: string): string | undefined {
  const [first, second, third, ...rest] = parseReference(address).actions
  if (first?.name !== 'thermos' || second?.name !== 'ports' || !third) return undefined
  if (third.index && rest.length === 0) return third.name
  throw new SchemaError('ValueError', `Bad port specification "{{${address}}}" (should be of form "thermos.ports[name]")`)
}

/** A static number ends the chain, though it were an alias, too. A port that stands for itself is a cycle. */
function targetOf(name: string, portmap: ReadonlyMap<string, string>): string {
  const seen = new Set<string>()
  let target = name
  for (let next = portmap.get(target); next !== undefined && !isNumber(target); next = portmap.get(target)) {
    if (seen.has(target)) throw new SchemaError('ValueError', 'Found cycle in portmap!')
    seen.add(target)
    target = next
  }
  return target
}

export function isNumber(port: string): boolean {
  return /^\s*[+-]?\d+(_\d+)*\s*$/.test(port)
}
