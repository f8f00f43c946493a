import {isIdentifier} from '../model/job-key.ts'
import {megabytes} from './convert.ts'
import {floatText} from './python-text.ts'
import type {Job} from './job.ts'
import {planProblem} from './plan.ts'
import {isNumber, portsInProcesses, requestedPorts} from './ports.ts'
import {type Problem, formatPath} from './problem.ts'
import {SchemaError} from './schema-error.ts'
import {unboundProblems} from './unbound.ts'

/** Everything that is wrong with a complete job, beyond the types of its fields (reference/config-dsl.md §8). */
export function validateJob(job: Job): Problem[] {
  return [...conversionProblems(job), ...clientProblems(job)]
}

/** Why the job cannot be sent to a scheduler at all. */
export function conversionProblems(job: Job): Problem[] {
  return [
    ...identifiers(job),
    ...resources(job),
    ...processes(job),
    ...constraints(job),
    ...cron(job),
    ...container(job),
    ...unboundProblems(job),
    ...ports(job),
  ]
}

/** What the client refuses, though a scheduler would take it. */
export function clientProblems(job: Job): Problem[] {
  return [...staticPorts(job), ...updateConfig(job)]
}

function identifiers(job: Job): Problem[] {
  return (['role', 'environment', 'name'] as const)
    .filter((field) => !isIdentifier(job[field]))
    .map((field) => ({path: field, message: `Invalid ${field} '${job[field]}'`, hint: 'It is made of letters, digits, "_", "-" and ".".'}))
}

function resources({task}: Job): Problem[] {
  const path = 'task.resources'
  if (!task.resources) return [{path, message: 'Task must specify resources!', hint: 'Resources(cpu = 1.0, ram = 128*MB, disk = 128*MB)'}]
  const {cpu, ram, disk} = task.resources
  if (ram === 0 || disk === 0) return [{path, message: `Must specify ram and disk resources, got ram:${ram} disk:${disk}`}]
  const [ramMb, diskMb] = [megabytes(ram), megabytes(disk)]
  if (cpu > 0 && ramMb > 0n && diskMb > 0n) return []
  const amounts = `cpu:${floatText(cpu)} ramMb:${ramMb} diskMb:${diskMb}`
  const hint = 'ram and disk are given in bytes (128*MB); less than a whole MB counts as none.'
  return [{path, message: `Task has invalid resources.  cpu/ramMb/diskMb must all be positive: ${amounts}`, hint}]
}

const PROCESS_NAME = /^[^./][^/]*$/

function processes({task}: Job): Problem[] {
  const problems: Problem[] = []
  for (const [i, {name}] of (task.processes ?? []).entries()) {
    if (!PROCESS_NAME.test(name)) {
      problems.push({
        path: formatPath(['task', 'processes', i, 'name']),
        message: `Task has invalid process: Invalid process name: ${name}`,
      })
    }
  }
  const plan = planProblem(task)
  return plan === undefined ? problems : [...problems, {path: 'task.constraints', message: `Task has invalid plan: ${plan}`}]
}

function constraints(job: Job): Problem[] {
  return Object.entries(job.constraints ?? {})
    .filter(([, text]) => text.startsWith('limit:') && !/^limit:\s*[+-]?\d+\s*$/.test(text))
    .map(([name, text]) => ({path: formatPath(['constraints', name]), message: `${text} is not a valid limit value, must be integer`}))
}

function cron({cron_collision_policy: policy}: Job): Problem[] {
  if (['KILL_EXISTING', 'CANCEL_NEW', 'RUN_OVERLAP'].includes(policy.toUpperCase())) return []
  return [
    {path: 'cron_collision_policy', message: `Invalid cron collision policy: ${policy}`, hint: 'It is one of KILL_EXISTING, CANCEL_NEW.'},
  ]
}

function container({container: given}: Job): Problem[] {
  if (!given || Object.keys(given).length > 0) return []
  return [
    {path: 'container', message: 'If a container is specified it must set one type.', hint: 'Docker(image = "…") or Mesos(image = …)'},
  ]
}

function ports(job: Job): Problem[] {
  try {
    portsInProcesses(job)
    requestedPorts(job)
  } catch (error) {
    if (error instanceof SchemaError)
      return [{path: error.message.includes('portmap') ? 'announce.portmap' : 'task.processes', message: error.message}]
    throw error
  }
  return []
}

function staticPorts(job: Job): Problem[] {
  const hasStatic = Object.values(job.announce?.portmap ?? {}).some(isNumber)
  if (!hasStatic || isDedicated(job)) return []
  return [{path: 'announce.portmap', message: 'Job must be dedicated in order to specify static ports!'}]
}

function isDedicated(job: Job): boolean {
  return Object.hasOwn(job.constraints ?? {}, 'dedicated')
}

function updateConfig(job: Job): Problem[] {
  const {instances, update_config: config, health_check_config: health} = job
  const failures = config.max_total_failures
  const path = 'update_config.max_total_failures'
  const problems: Problem[] = []
  if (failures >= instances) {
    const message = 'max_total_failures in update_config must be lesser than the job size.'
    problems.push({path, message, hint: `Based on your job size (${instances}) you should use max_total_failures <= ${instances - 1}.`})
  }
  const least = Math.floor(instances * 0.02)
  if (isDedicated(job) && failures < least) {
    const message =
      'Since this is a dedicated job, you must set your max_total_failures in your update configuration to no less than 2% of your job size.'
    problems.push({path, message, hint: `Based on your job size (${instances}) you should use max_total_failures >= ${least}.`})
  }
  const seconds = {
    'update_config.watch_secs': config.watch_secs,
    'health_check_config.max_consecutive_failures': health.max_consecutive_failures,
    'health_check_config.min_consecutive_successes': health.min_consecutive_successes,
    'health_check_config.initial_interval_secs': health.initial_interval_secs,
    'health_check_config.interval_secs': health.interval_secs,
  }
  for (const [field, value] of Object.entries(seconds)) {
    if (value >= 0) continue
    const name = field.slice(field.indexOf('.') + 1)
    problems.push({path: field, message: `Invalid value (${value}) specified for ${name}. Value cannot be less than 0.`})
  }
  return problems
}
