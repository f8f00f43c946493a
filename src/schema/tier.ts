import type {GetTierConfigResult, TierConfig} from '../model/gen/types.ts'
import type {Job} from './job.ts'

/**
 * The job with the tier that the cluster has for it; `production`, the older word for the same, follows the tier. Executors and schedulers see both,
 * so a job without its tier is another one than the old client's (reference/commands.md §3, step 4).
 */
export function withTier(job: Job, {defaultTierName, tiers}: GetTierConfigResult): Job {
  if (job.tier !== undefined) {
    const tier = tiers.find(({name}) => name === job.tier)
    return tier ? {...job, production: !isPreemptible(tier)} : job
  }
  const fitting = tiers
    .filter((tier) => isPreemptible(tier) !== job.production && !isRevocable(tier))
    .map(({name}) => name)
    .toSorted()
  return {...job, tier: fitting.find((name) => name === defaultTierName) ?? fitting[0] ?? defaultTierName}
}

function isPreemptible({settings}: TierConfig): boolean {
  return setting(settings, 'preemptible')
}

function isRevocable({settings}: TierConfig): boolean {
  return setting(settings, 'revocable')
}

function setting(settings: TierConfig['settings'], name: string): boolean {
  return settings[name] === 'true'
}
