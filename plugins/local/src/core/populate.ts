import type {TaskConfig} from '@auroractl/cli/thrift'
import {requestedPorts} from './resources.ts'
import {DEFAULT_TIER, TIERS} from './settings.ts'

/** The ports for which a task without links gets one (reference/thrift-api.md §6). */
const LINKED_PORTS = ['health', 'http']

/** A valid configuration with all that the scheduler fills in: the form in which it is stored and compared. */
export function populate(config: TaskConfig): TaskConfig {
  const tier = config.tier ?? DEFAULT_TIER
  const ports = requestedPorts(config)
  const links = LINKED_PORTS.filter((port) => ports.includes(port)).map((port) => [port, `http://%host%:%port:${port}%`])
  return {
    ...config,
    isService: config.isService ?? false,
    priority: config.priority ?? 0,
    maxTaskFailures: config.maxTaskFailures ?? 1,
    tier,
    production: TIERS.get(tier)?.preemptible === false,
    constraints: config.constraints ?? [],
    resources: config.resources ?? [],
    container: config.container ?? {mesos: {}},
    taskLinks: Object.keys(config.taskLinks ?? {}).length > 0 ? config.taskLinks : Object.fromEntries(links),
  }
}
