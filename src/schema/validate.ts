import type {Job} from './job.ts'
import {type Problem, pathsOf} from './problem.ts'
import {type Rule, judge} from './rule.ts'
import {type BoundLater, unboundProblems} from './unbound.ts'
import {CLIENT_FIELDS, CONVERSION_FIELDS} from './validate-fields.ts'
import {PORTMAP, STATIC_PORTS} from './validate-ports.ts'
import {UNSET, UNSET_FOR_UPDATES, UNSET_IN_JOB} from './validate-unset.ts'
import {updateProblems} from './update.ts'
import {PLAN, RESOURCES} from './validate-task.ts'
import {UPDATE_FAILURES} from './validate-update.ts'

/** What must be so for a job that can be sent to a scheduler (reference/config-dsl.md §8). */
const CONVERSION: readonly Rule[] = [...CONVERSION_FIELDS, RESOURCES, PLAN, PORTMAP]
/** What the client refuses, though a scheduler would take it. */
const CLIENT: readonly Rule[] = [STATIC_PORTS, ...CLIENT_FIELDS, UPDATE_FAILURES]

/** Everything that is wrong with a complete job, beyond the types of its fields. */
export function validateJob(job: Job): Problem[] {
  const unbound = unboundProblems(job)
  return [...unbound, ...refusals(job, pathsOf(unbound))]
}

/** Why the job cannot be sent to a scheduler at all. */
export function conversionProblems(job: Job, boundLater?: BoundLater): Problem[] {
  const unbound = unboundProblems(job, boundLater)
  return [...unbound, ...judged(CONVERSION, job, pathsOf(unbound), UNSET_IN_JOB)]
}

/** What the client refuses, though a scheduler would take it. */
export function clientProblems(job: Job): Problem[] {
  return [...judge([UNSET_FOR_UPDATES], job), ...judge(CLIENT, job, pathsOf(judge([UNSET], job)))]
}

/** All for which a job is refused, beyond the types of its fields, as far as it can be judged; `wrong` are the fields that are wrong already. */
export function refusals(job: Job, wrong: readonly string[]): Problem[] {
  return judged([...CONVERSION, ...CLIENT], job, wrong)
}

/** Why the job cannot be updated by what its configuration says. */
export function updateConfigProblems(job: Job): Problem[] {
  const unset = judge([UNSET_FOR_UPDATES], job).filter(({path}) => path.startsWith('update_config'))
  return unset.length > 0 ? unset : updateProblems(job.update_config)
}

function judged(rules: readonly Rule[], job: Job, wrong: readonly string[], required = UNSET): Problem[] {
  const unset = judge([required], job, wrong)
  return [...unset, ...judge(rules, job, [...wrong, ...pathsOf(unset)])]
}
