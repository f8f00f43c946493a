import {construct, hold} from './construct.ts'
import {MesosJob} from './definitions/aurora.ts'
import type {Process as ProcessType, Task as TaskType} from './definitions/thermos.ts'
import {formatPath, type Problem} from './problem.ts'
import {parseReference} from './reference.ts'
import {type Fault, type Resolution, resolve} from './resolve.ts'
import type {Plain, ValueOf} from './types.ts'
import {bindingHint} from './unbound.ts'
import {type StructValue, bind, names} from './values.ts'

/** A job with everything in its place: typed, defaults filled in, references replaced but for those that the executor knows. */
export type Job = ValueOf<typeof MesosJob>
export type Task = ValueOf<typeof TaskType>
export type Process = ValueOf<typeof ProcessType>

/** A job as it was configured: with references, and with what was bound to it. */
export type JobRecord = StructValue

export type Binding = readonly [name: string, value: string]

/** What comes of a job when everything is bound to it. */
export interface ResolvedJob {
  /** Absent when the job is not complete. */
  readonly job?: Job
  /** Addresses that nothing is bound to, the executor's own among them. */
  readonly unbound: readonly string[]
  readonly problems: readonly Problem[]
}

/** Names that stand for fields of the job, for old configurations (reference/config-dsl.md §7). */
const OLD_NAMES = names(
  Object.entries({'mesos.role': '{{role}}', 'mesos.cluster': '{{cluster}}', 'thermos.user': '{{role}}'}).map(([name, value]) => [
    parseReference(name),
    value,
  ]),
)

/** A job that was written down as plain data. @throws SchemaError for what no job has. */
export function jobFromPlain(plain: Plain): JobRecord {
  return construct(MesosJob, hold(plain)) as JobRecord
}

/** The job with the bindings of the command line, which win over those in the file, but not over the job's own fields. @throws SchemaError */
export function bindJob(record: JobRecord, bindings: readonly Binding[]): JobRecord {
  return bindings.length === 0 ? record : bind(record, names(bindings.map(([name, value]) => [parseReference(name), value])))
}

/** The job with the names that stand for its fields. */
export function withOldNames(record: JobRecord): JobRecord {
  return bind(record, OLD_NAMES)
}

/** Binds, interpolates and types a job. What is missing or has not its type comes back as problems, all of them. */
export function resolveJob(record: JobRecord, bindings: readonly Binding[] = []): ResolvedJob {
  return asJob(resolve(withOldNames(bindJob(record, bindings))))
}

export function asJob({plain, unbound, faults}: Resolution): ResolvedJob {
  const job = plain as unknown as Job
  return {...(faults.length === 0 ? {job} : {}), unbound: [...unbound], problems: faultProblems(faults)}
}

/** What came to several fields by references is told once, where it comes from. */
function faultProblems(faults: readonly Fault[]): Problem[] {
  const told = new Set(faults.flatMap(({inherited, message}) => (inherited ? [] : [message])))
  return faults
    .filter(({inherited, message}) => {
      if (!inherited) return true
      const first = !told.has(message)
      told.add(message)
      return first
    })
    .map((fault) => {
      const hint = fault.hint ?? (fault.leftover && bindingHint(fault.leftover, fault.leftover.unbound[0] ?? ''))
      return {path: formatPath(fault.path), message: fault.message, ...(hint === undefined ? {} : {hint})}
    })
}
