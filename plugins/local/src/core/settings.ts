const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** The scheduler's own figures (reference/thrift-api.md §7 and §15). */
export const LIMITS = {
  tasksPerJob: 4000,
  /** A task that ended sooner after it became active is flapping. */
  flappingThresholdMs: 5 * MINUTE,
  flappingPenaltyMs: 30 * SECOND,
  maxFlappingPenaltyMs: 5 * MINUTE,
  /** How long a task may stay in a transient state. */
  transientMs: 5 * MINUTE,
  killRetryMs: 15 * SECOND,
  historyMs: 48 * HOUR,
  historyPerJob: 100,
  minHistoryMs: HOUR,
  slaMinInstances: 20,
  slaMaxDurationSecs: 7200n,
} as const

export interface Tier {
  preemptible: boolean
  revocable: boolean
}

export const DEFAULT_TIER = 'preemptible'

export const TIERS: ReadonlyMap<string, Tier> = new Map([
  ['preferred', {preemptible: false, revocable: false}],
  ['preemptible', {preemptible: true, revocable: false}],
  ['revocable', {preemptible: true, revocable: true}],
])

/** The one executor that there is. */
export const EXECUTOR = 'AuroraExecutor'

export const ENVIRONMENTS = /^(prod|devel|test|staging\d*)$/
