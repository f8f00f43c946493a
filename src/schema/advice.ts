import {HEALTH_PORT, LIFECYCLE_PORT} from './advice-ports.ts'
import {SLA, SLA_AWARE} from './advice-sla.ts'
import type {Job} from './job.ts'
import {formatPath, type Problem} from './problem.ts'
import {type Rule, fieldRule, isStruct, isText, judge} from './rule.ts'
import {unknownProcesses} from './validate-task.ts'

const ENVIRONMENT = fieldRule('environment', isText, (environment) =>
  /^(prod|devel|test|staging\d*)$/.test(environment)
    ? undefined
    : {
        message: `Schedulers refuse the environment '${environment}', unless they are told otherwise.`,
        hint: 'They know prod, devel, test, staging, staging1, staging2 …',
      },
)

const CRON: Rule = {
  reads: ['cron_schedule', 'cron_collision_policy', 'service'],
  *judge({cron_schedule: schedule, cron_collision_policy: policy, service}) {
    if (schedule === undefined) return
    if (service)
      yield {
        path: 'service',
        message: 'Schedulers refuse a service on a cron schedule.',
        hint: 'Job(…) instead of Service(…), or no cron_schedule.',
      }
    if (policy.toUpperCase() === 'RUN_OVERLAP') {
      yield {path: 'cron_collision_policy', message: 'Schedulers refuse RUN_OVERLAP.', hint: 'KILL_EXISTING or CANCEL_NEW'}
    }
  },
}

const TASK_LINKS = fieldRule('task_links', isStruct, () => ({message: 'task_links are ignored: schedulers do not show them any more.'}))

/** The original took the last process of a name, and forgot the others. */
const SAME_NAMES: Rule = {
  reads: ['task.processes.name'],
  *judge({task}) {
    const first = new Map<string, number>()
    for (const [i, {name}] of (task.processes ?? []).entries()) {
      const before = first.get(name)
      if (before === undefined) first.set(name, i)
      else {
        const message = `Another process has the name '${name}' too (task.processes[${before}]); only the last one counts in the order.`
        yield {path: formatPath(['task', 'processes', i, 'name']), message, hint: 'Give each process a name of its own.'}
      }
    }
  },
}

/** An order of unknown processes alone is accepted, and changes nothing. */
const IDLE_ORDERS: Rule = {
  reads: ['task.processes.name', 'task.constraints'],
  judge: ({task}) => task.constraints.flatMap((_, i) => unknownProcesses(task, i)),
}

const BATCH_SIZES: Rule = {
  reads: ['update_config.update_strategy'],
  *judge({update_config: {update_strategy: strategy}}) {
    if (!strategy) return
    const sizes = 'batch_sizes' in strategy ? strategy.batch_sizes : [strategy.batch_size]
    if (sizes.length > 0 && sizes.every((size) => size > 0)) return
    yield {path: 'update_config.update_strategy', message: 'Schedulers refuse an update with a batch that has no instances.'}
  },
}

const ADVICE: readonly Rule[] = [
  ENVIRONMENT,
  CRON,
  TASK_LINKS,
  SAME_NAMES,
  IDLE_ORDERS,
  HEALTH_PORT,
  LIFECYCLE_PORT,
  BATCH_SIZES,
  SLA,
  SLA_AWARE,
]

/** What the old client said nothing about, though it seldom is what was meant, or no scheduler takes it. */
export function jobAdvice(job: Job, wrong: Iterable<string> = []): Problem[] {
  return judge(ADVICE, job, wrong)
}
