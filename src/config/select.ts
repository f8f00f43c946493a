import {type JobKey, formatJobKey} from '../model/job-key.ts'
import {type JobPattern, formatJobPattern, matchesKeyText} from '../model/job-pattern.ts'
import {type Binding, type Job, resolveJob} from '../schema/job.ts'
import type {Problem} from '../schema/problem.ts'
import type {BoundLater} from '../schema/unbound.ts'
import {checkAt} from './check.ts'
import {listJobs} from './keys.ts'
import {InvalidConfig} from './invalid-config.ts'
import {candidates, noSuchJob} from './no-such-job.ts'
import type {LoadedConfig} from './load.ts'
import {refused} from './refused.ts'

export interface SelectOptions {
  /** References that somebody else binds. */
  readonly boundLater?: BoundLater
  /** Hears what the author should know, though nothing is wrong enough to refuse the job. */
  readonly onWarning?: (problem: Problem) => void
}

/** A job of a configuration, by its key or its place, checked. @throws UserError (exit 3) with what is there, or with all that is wrong. */
export function selectJob(
  config: LoadedConfig,
  wanted: JobKey | number,
  bindings: readonly Binding[] = [],
  options: SelectOptions = {},
): Job {
  const index = typeof wanted === 'number' ? wanted : findJob(config, wanted, bindings)
  const [job] = completeJobs(config, [index], bindings, options)
  if (!job) throw new RangeError(`there is no job ${index}`)
  return job
}

/** Every job of a configuration whose key matches, checked. @throws UserError (exit 3) when none does, or with all that is wrong with them */
export function selectMatching(
  config: LoadedConfig,
  pattern: JobPattern,
  bindings: readonly Binding[],
  options: SelectOptions = {},
): Job[] {
  const keys = listJobs(config, bindings)
  const found = keys.flatMap((text, i) => (matchesKeyText(pattern, text) ? [i] : []))
  if (found.length === 0) throw noSuchJob(formatJobPattern(pattern), keys)
  return completeJobs(config, found, bindings, options)
}

function completeJobs(
  config: LoadedConfig,
  indexes: readonly number[],
  bindings: readonly Binding[],
  {boundLater, onWarning}: SelectOptions,
): Job[] {
  const checked = indexes.map((index) => checkAt(config, index, bindings, boundLater))
  const problems = checked.flatMap((each) => each.problems)
  if (problems.length > 0) throw new InvalidConfig('The configuration was invalid:', problems, config.file, 'config.invalid')
  const warnings = [...config.warnings, ...checked.flatMap((each) => [...each.updateProblems, ...each.warnings])]
  if (onWarning) for (const warning of warnings) onWarning(warning)
  return checked.flatMap(({job}) => (job ? [job] : []))
}

/** The addresses that nothing in a job's configuration is bound to. */
export function openReferences(config: LoadedConfig, index: number, bindings: readonly Binding[]): readonly string[] {
  const record = config.jobs[index]
  return record ? resolveJob(record, bindings).unbound : []
}

/** Which of its jobs has the key. @throws UserError (exit 3) unless it is one */
export function findJob(config: LoadedConfig, key: JobKey, bindings: readonly Binding[]): number {
  const wanted = formatJobKey(key)
  const keys = listJobs(config, bindings)
  const found = keys.flatMap((text, i) => (text === wanted ? [i] : []))
  const [index] = found
  if (index !== undefined && found.length === 1) return index
  if (index === undefined) throw noSuchJob(wanted, keys)
  const lines = ['Multiple jobs match, please disambiguate by specifying a job key.', ...candidates(found.map(() => wanted))]
  const places = found.map((each) => `jobs[${each}]`)
  throw refused(lines.join('\n'), 'config.ambiguous', `The file defines that job ${found.length} times: ${places.join(', ')}.`)
}
