import type {Binding, JobRecord} from '../schema/job.ts'
import {type CheckedJob, checkJob} from '../schema/check-job.ts'
import type {Problem} from '../schema/problem.ts'
import {MISSING} from '../schema/record-key.ts'
import type {BoundLater} from '../schema/unbound.ts'
import {isHelped} from './binding-helpers.ts'
import {listJobs} from './keys.ts'
import type {LoadedConfig} from './load.ts'

/** All that there is to say about a file. Paths begin at its `jobs`. */
export interface ConfigReport {
  readonly jobs: readonly JobReport[]
  /** What concerns no job alone. */
  readonly warnings: readonly Problem[]
}

interface JobReport {
  readonly key: string
  readonly index: number
  readonly problems: readonly Problem[]
  readonly warnings: readonly Problem[]
}

/** Checks every job of a configuration, offline: what helpers bind when a job is sent is left to them. @throws UserError (exit 3) when there is none, or a binding has no proper name */
export function checkConfig(config: LoadedConfig, bindings: readonly Binding[]): ConfigReport {
  const first = new Map<string, number>()
  const jobs = listJobs(config, bindings).map((key, index): JobReport => {
    const {problems, updateProblems, warnings} = checkAt(config, index, bindings, isHelped)
    const before = first.get(key)
    if (before === undefined && !key.includes(MISSING)) first.set(key, index)
    const twice = before === undefined ? [] : [duplicate(config, key, index, before)]
    return {key, index, problems: [...twice, ...problems, ...updateProblems], warnings}
  })
  return {jobs, warnings: config.warnings}
}

/** Checks one job of a configuration; the paths begin at its `jobs`. */
export function checkAt(config: LoadedConfig, index: number, bindings: readonly Binding[], boundLater?: BoundLater): CheckedJob {
  const record = config.jobs[index]
  if (!record) throw new RangeError(`there is no job ${index}`)
  const checked = checkJob(record, bindings, boundLater)
  const at = (problem: Problem): Problem => ({...problem, path: pathAt(index, problem.path)})
  const warnings = [...checked.warnings, ...idleHooks(config, record, checked)]
  return {
    ...checked,
    problems: checked.problems.map(at),
    updateProblems: checked.updateProblems.map(at),
    warnings: warnings.map(at),
  }
}

function pathAt(index: number, path: string): string {
  return path === '' ? `jobs[${index}]` : `jobs[${index}]${path.startsWith('[') ? '' : '.'}${path}`
}

function duplicate(config: LoadedConfig, key: string, index: number, before: number): Problem {
  const place = config.jobs[index]?.place
  return {
    path: `jobs[${index}]`,
    message: `The job ${key} is defined twice: it is jobs[${before}], too.`,
    ...(place === undefined ? {} : {place}),
  }
}

/** Whoever enables hooks expects that they are asked. */
function idleHooks({hooks}: LoadedConfig, {place}: JobRecord, {job}: CheckedJob): Problem[] {
  if (!job?.enable_hooks) return []
  const idle = hooks.filter(({methods}) => methods.length === 0)
  return idle.map(({name}) => ({
    path: 'enable_hooks',
    message: `The hook ${name} has no method that is ever asked.`,
    hint: 'Such are pre_create_job, post_kill_job, err_create_job, generic_hook …: see the documentation of hooks.',
    ...(place === undefined ? {} : {place}),
  }))
}
