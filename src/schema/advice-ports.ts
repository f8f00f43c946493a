import {nearestNames} from '../model/nearest.ts'
import {construct, hold} from './construct.ts'
import {HealthCheckConfig, LifecycleConfig, defaultLifecycle} from './definitions/aurora.ts'
import type {Job} from './job.ts'
import {knownPorts} from './known-ports.ts'
import {resolve} from './resolve.ts'
import type {Rule} from './rule.ts'
import type {Plain, StructType} from './types.ts'
import type {StructValue} from './values.ts'

/** HTTP health checks act on a port that the task has (reference/config-dsl.md §9); who says something about them expects them to act. */
export const HEALTH_PORT: Rule = {
  reads: ['health_check_config', 'announce', 'task.processes'],
  *judge(job) {
    const {health_check_config: health} = job
    if (!Object.hasOwn(health, 'health_checker') || health.health_checker.shell || isDefault(HealthCheckConfig, {}, health)) return
    if (knownPorts(job).has('health')) return
    yield {
      path: 'health_check_config',
      message: 'Nobody checks the health of this job: none of its processes has the port health.',
      hint: nearPort(job, 'health') ?? 'Use {{thermos.ports[health]}} in a process, or a health_checker with shell.',
    }
  },
}

/** The same for the calls before a task is stopped. */
export const LIFECYCLE_PORT: Rule = {
  reads: ['lifecycle', 'announce', 'task.processes'],
  *judge(job) {
    const http = Object.hasOwn(job, 'lifecycle') ? job.lifecycle.http : undefined
    if (!http || isDefault(LifecycleConfig, defaultLifecycle, job.lifecycle) || knownPorts(job).has(http.port)) return
    yield {
      path: 'lifecycle.http.port',
      message: `Tasks are stopped without a call: none of the processes has the port ${http.port}.`,
      hint: nearPort(job, http.port) ?? `Use {{thermos.ports[${http.port}]}} in a process.`,
    }
  },
}

function nearPort(job: Job, port: string): string | undefined {
  const [near] = nearestNames(port, knownPorts(job))
  return near === undefined ? undefined : `The port ${near} is there; did you mean that one?`
}

const defaults = new Map<StructType, string>()

function isDefault(type: StructType, plain: Plain, value: unknown): boolean {
  const untouched = defaults.get(type) ?? JSON.stringify(resolve(construct(type, hold(plain)) as StructValue).plain)
  defaults.set(type, untouched)
  return untouched === JSON.stringify(value)
}
