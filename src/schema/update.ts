import type {JobUpdateSettings, JobUpdateStrategy, Range} from '../model/gen/types.ts'
import {UserError} from '../model/errors.ts'
import {ExitCode} from '../model/exit-code.ts'
import type {BatchUpdateStrategy} from './definitions/aurora.ts'
import type {Job} from './job.ts'
import type {Problem} from './problem.ts'
import type {ValueOf} from './types.ts'

type UpdateConfig = Job['update_config']

/** The settings of an update (reference/config-dsl.md §11); `only` are the instances that it is limited to. @throws UserError (exit 3) */
export function toUpdateSettings(config: UpdateConfig, only: readonly Range[] = []): JobUpdateSettings {
  const problems = updateProblems(config)
  if (problems.length > 0) {
    throw new UserError(problems.map(({message}) => message).join('\n'), {
      code: 'config.update',
      exitCode: ExitCode.invalidConfiguration,
      remedy: 'Change update_config in the configuration.',
    })
  }
  return {
    updateGroupSize: groupSize(config),
    maxPerInstanceFailures: config.max_per_shard_failures,
    maxFailedInstances: config.max_total_failures,
    minWaitInInstanceRunningMs: config.watch_secs * 1000,
    rollbackOnFailure: config.rollback_on_failure,
    updateOnlyTheseInstances: only,
    waitForBatchCompletion: config.wait_for_batch_completion || isBatch(config.update_strategy),
    ...(config.pulse_interval_secs === undefined ? {} : {blockIfNoPulsesAfterMs: config.pulse_interval_secs * 1000}),
    slaAware: config.sla_aware,
    updateStrategy: strategy(config),
  }
}

/** Why an update with these settings is refused (reference/config-dsl.md §11). */
export function updateProblems(config: UpdateConfig): Problem[] {
  const wrong = {
    batch_size: config.batch_size <= 0 && 'Batch size should be greater than 0',
    watch_secs: config.watch_secs < 0 && 'Watch seconds should be greater than or equal to 0',
    pulse_interval_secs: (config.pulse_interval_secs ?? 60) < 60 && 'Pulse interval seconds must be at least 60 seconds.',
    wait_for_batch_completion:
      config.update_strategy &&
      config.wait_for_batch_completion &&
      'Ambiguous update configuration. Cannot combine wait_batch_completion with an explicit update strategy.',
    update_strategy:
      config.update_strategy &&
      config.batch_size > 1 &&
      'Ambiguous update configuration. Cannot combine update strategy with batch size. Please set batch size inside of update strategy instead.',
  }
  return Object.entries(wrong).flatMap(([field, message]) => (message ? [{path: `update_config.${field}`, message}] : []))
}

function isBatch(given: UpdateConfig['update_strategy']): given is ValueOf<typeof BatchUpdateStrategy> {
  return given !== undefined && 'batch_size' in given && 'autopause_after_batch' in given
}

/** Deprecated beside the strategy, but schedulers still look at it. */
function groupSize({batch_size: size, update_strategy: given}: UpdateConfig): number {
  return given && 'batch_size' in given ? given.batch_size : size
}

function strategy(config: UpdateConfig): JobUpdateStrategy {
  const given = config.update_strategy
  if (!given) {
    const size = config.batch_size
    return config.wait_for_batch_completion
      ? {batchStrategy: {groupSize: size, autopauseAfterBatch: false}}
      : {queueStrategy: {groupSize: size}}
  }
  if ('batch_sizes' in given) return {varBatchStrategy: {groupSizes: given.batch_sizes, autopauseAfterBatch: given.autopause_after_batch}}
  const groupSize = given.batch_size
  return isBatch(given) ? {batchStrategy: {groupSize, autopauseAfterBatch: given.autopause_after_batch}} : {queueStrategy: {groupSize}}
}
