import {jobAdvice} from './advice.ts'
import {fractions} from './fractions.ts'
import {type Binding, type Job, type JobRecord, type ResolvedJob, asJob, bindJob, withOldNames} from './job.ts'
import {placeOf} from './place.ts'
import {type Problem, formatPath, pathsOf} from './problem.ts'
import {addressOf, parseReference} from './reference.ts'
import {missingRequirements} from './requirements.ts'
import {resolve} from './resolve.ts'
import {type Rule, judge} from './rule.ts'
import {type BoundLater, isOpen, leftoverProblems} from './unbound.ts'
import {updateProblems} from './update.ts'
import {refusals} from './validate.ts'
import {jobWarnings} from './warnings.ts'

/** What an update asks of its settings; a job can be created without. */
const UPDATE: Rule = {
  reads: [],
  judge: ({update_config: config}) => (config ? updateProblems(config) : []),
}

/** A job with all that there is to say about it; `job` is there when nothing is wrong. */
export interface CheckedJob extends ResolvedJob {
  /** Why it cannot be updated, though it can be created. */
  readonly updateProblems: readonly Problem[]
  /** What its author should know, though nothing is wrong enough to refuse it. */
  readonly warnings: readonly Problem[]
}

/**
 * Binds, interpolates, types and validates a job. Whatever can be judged is judged, so that everything is told at once; nothing is told twice.
 * @param boundLater says which references somebody else will bind.
 * @throws SchemaError for a binding that has no proper name.
 */
export function checkJob(record: JobRecord, bindings: readonly Binding[] = [], boundLater: BoundLater = () => false): CheckedJob {
  const bound = withOldNames(bindJob(record, bindings))
  const resolution = resolve(bound)
  const {unbound, problems: faults} = asJob(resolution)
  const job = resolution.plain as unknown as Job
  const required = missingRequirements(bound)
  const missing = [
    ...required.map(({path}) => path),
    ...resolution.faults.flatMap((fault) => (fault.missing ? [formatPath(fault.path)] : [])),
  ]
  const problems = [
    ...required,
    ...faults.filter(({path}) => !required.some((known) => known.path === path)),
    ...leftoverProblems(resolution.leftovers, (address) => boundLater(address) || leadsTo(address, missing)),
  ]
  const unsound = [
    ...resolution.faults.map(({path}) => formatPath(path)),
    ...resolution.leftovers.flatMap((left) => (isOpen(left, boundLater) ? [formatPath(left.path)] : [])),
  ]
  problems.push(...refusals(job, [...pathsOf(problems), ...unsound]))
  const wrong = [...pathsOf(problems), ...unsound]
  const update = judge([UPDATE], job, wrong)
  const warnings = [...jobWarnings(job, wrong), ...jobAdvice(job, wrong), ...fractions(bound)]
  const placed = (problem: Problem): Problem => {
    const place = placeOf(record, problem.path)
    return place === undefined ? problem : {...problem, place}
  }
  return {
    ...(problems.length === 0 ? {job} : {}),
    unbound,
    problems: problems.map(placed),
    updateProblems: update.map(placed),
    warnings: warnings.map(placed),
  }
}

/** Does an address, read from anywhere in the job, lead to or through a field that is missing? */
function leadsTo(address: string, missing: readonly string[]): boolean {
  const {actions} = parseReference(address)
  return actions.some((_, i) => {
    const start = addressOf(actions.slice(0, i + 1))
    return missing.some((path) => `.${path}`.endsWith(start))
  })
}
