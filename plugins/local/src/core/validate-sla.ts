import type {TaskConfig} from '@auroractl/cli/thrift'
import {invalid} from './answer.ts'
import {DEFAULT_TIER, LIMITS, TIERS} from './settings.ts'

/** @throws Refusal (reference/thrift-api.md §6, SLA) */
export function validateSla(config: TaskConfig, instanceCount: number): void {
  const policy = config.slaPolicy
  if (!policy) return
  const tier = config.tier ?? DEFAULT_TIER
  if (TIERS.get(tier)?.preemptible !== false) throw invalid(`Tier '${tier}' does not support SlaPolicy.`)
  const {percentageSlaPolicy: percentage, countSlaPolicy: count} = policy
  if (!percentage && !count) return
  if (instanceCount < LIMITS.slaMinInstances) {
    throw invalid(`Job with fewer than ${LIMITS.slaMinInstances} instances cannot have Percentage/Count SlaPolicy.`)
  }
  if (percentage) {
    const most = ((instanceCount - 1) / instanceCount) * 100
    const share = percentage.percentage ?? 0
    if (share > most) {
      throw invalid(
        `Current PercentageSlaPolicy: percentage=${share.toFixed(6)} will not allow any instances to be killed. Must be less than ${most.toFixed(6)}.`,
      )
    }
    checkDuration('Percentage', percentage.durationSecs ?? 0n)
  }
  if (count) {
    if ((count.count ?? 0n) >= BigInt(instanceCount)) {
      throw invalid(
        `Current CountSlaPolicy: count=${count.count ?? 0n} will not allow any instances to be killed. Must be less than instanceCount=${instanceCount}.`,
      )
    }
    checkDuration('Count', count.durationSecs ?? 0n)
  }
}

function checkDuration(kind: string, secs: bigint): void {
  if (secs > LIMITS.slaMaxDurationSecs) {
    throw invalid(`${kind}SlaPolicy: durationSecs=${secs} must be less than cluster-wide maximum of ${LIMITS.slaMaxDurationSecs} secs.`)
  }
}
