import type {Constraint, TaskConfig} from '@auroractl/cli/thrift'
import {plus, requested, requestedPorts, type Resources} from './resources.ts'

/** What the one host has, looked at anew for each round of scheduling. */
export interface Offer {
  hostname: string
  resources: Resources
  /** Ports that nobody listens on now. */
  ports: readonly number[]
  attributes: Readonly<Record<string, readonly string[]>>
}

/** What stands against the task on this host, in the words of getPendingReason; nothing when it fits. `siblings`: the job's tasks on it. */
export function vetoes(config: TaskConfig, offer: Offer, used: Resources, freePorts: number, siblings: () => number): string[] {
  return [...insufficient(config, offer, used, freePorts), ...unsatisfied(config.constraints ?? [], offer, siblings)]
}

function insufficient(config: TaskConfig, {resources}: Offer, used: Resources, freePorts: number): string[] {
  const want = plus(used, requested(config))
  const short = [
    // Sums of cpus such as 0.1 are not exact.
    want.cpus > resources.cpus + 1e-9 && 'CPU',
    want.ramMb > resources.ramMb && 'RAM',
    want.diskMb > resources.diskMb && 'disk',
    want.gpus > resources.gpus && 'GPU',
    requestedPorts(config).length > freePorts && 'ports',
  ]
  return short.filter((name) => name !== false).map((name) => `Insufficient: ${name}`)
}

function unsatisfied(constraints: readonly Constraint[], offer: Offer, siblings: () => number): string[] {
  return constraints.flatMap(({name, constraint}) => {
    const has = Object.hasOwn(offer.attributes, name) ? (offer.attributes[name] ?? []) : []
    if (constraint?.limit) {
      // With one host, all the job's tasks on it share each of its attributes.
      const met = has.length > 0 && siblings() < (constraint.limit.limit ?? 0)
      return met ? [] : [`Limit not satisfied: ${name}`]
    }
    const matches = (constraint?.value?.values ?? []).some((value) => has.includes(value))
    return matches === (constraint?.value?.negated ?? false) ? [`Constraint not satisfied: ${name}`] : []
  })
}
