import type {Job} from './job.ts'
import type {Rule} from './rule.ts'

/** What schedulers refuse about an SLA policy, whatever their settings are. */
export const SLA: Rule = {
  reads: ['sla_policy', 'instances'],
  *judge({sla_policy: policy, instances}) {
    const message = policy && slaMessage(policy, instances)
    if (message !== undefined) yield {path: 'sla_policy', message}
  },
}

function slaMessage(policy: NonNullable<Job['sla_policy']>, instances: number): string | undefined {
  if ('coordinator_url' in policy) {
    const isHttp = /^https?:\/\//.test(policy.coordinator_url) && URL.canParse(policy.coordinator_url)
    return isHttp ? undefined : `The coordinator of the SLA is no http address: ${policy.coordinator_url}`
  }
  if (policy.duration_secs < 0) return `A negative duration: duration_secs=${policy.duration_secs}`
  if ('count' in policy) {
    if (policy.count < instances) return undefined
    return `count=${policy.count} will not allow any instances to be killed; it must be less than instances=${instances}.`
  }
  const most = instances > 0 ? ((instances - 1) / instances) * 100 : 0
  if (policy.percentage <= most) return undefined
  return `percentage=${policy.percentage} will not allow any instances to be killed; ${most.toFixed(6)} is the most for instances=${instances}.`
}

export const SLA_AWARE: Rule = {
  reads: ['update_config.sla_aware', 'sla_policy'],
  *judge({update_config: config, sla_policy: policy}) {
    if (!config.sla_aware || policy) return
    yield {path: 'update_config.sla_aware', message: 'Schedulers refuse an update with sla_aware for a job without sla_policy.'}
  },
}
