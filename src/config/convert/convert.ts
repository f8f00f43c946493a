import type {JobKey} from '../../model/job-key.ts'
import {interpolate} from '../../schema/evaluate.ts'
import {type Binding, type JobRecord, bindJob, resolveJob} from '../../schema/job.ts'
import {readJobs} from '../../schema/records.ts'
import {SchemaError} from '../../schema/schema-error.ts'
import type {LoadedConfig} from '../load.ts'
import {refused} from '../refused.ts'
import {findJob} from '../select.ts'
import {recordsFromData} from '../data/data-records.ts'
import {dataOf} from '../data/data.ts'
import {dataOfJobs, jsonOf, yamlOf} from './write-data.ts'
import {typescriptOf} from './write-typescript.ts'
import {Unwritable, type WrittenStruct, writtenStruct} from './written.ts'

export const CONFIG_SYNTAXES = ['ts', 'yaml', 'json'] as const
export type ConfigSyntax = (typeof CONFIG_SYNTAXES)[number]

export interface Converted {
  readonly text: string
  /** Where the text says less than the file did. */
  readonly notes: readonly string[]
}

/** A configuration in another syntax, with the job of the key or all, and with these bindings among its own. @throws UserError (exit 3) */
export async function convertConfig(
  config: LoadedConfig,
  {syntax, key, bindings}: {syntax: ConfigSyntax; key?: JobKey | undefined; bindings: readonly Binding[]},
): Promise<Converted> {
  const index = key && findJob(config, key, bindings)
  const jobs = config.jobs.filter((_, i) => index === undefined || i === index)
  return convertJobs(
    jobs.map((job) => bindJob(job, bindings)),
    syntax,
  )
}

/** Jobs as a configuration in another syntax, which gives the same jobs. @throws UserError (exit 3) for a job that no file can say */
export async function convertJobs(jobs: readonly JobRecord[], syntax: ConfigSyntax): Promise<Converted> {
  const converted = jobs.map((job, i) => convertJob(job, i))
  const written = converted.map(({job}) => job)
  const notes = converted.flatMap(({note}) => (note === undefined ? [] : [note]))
  if (syntax === 'ts') return {text: typescriptOf(written, notes), notes}
  return {text: syntax === 'json' ? jsonOf(written) : await yamlOf(written, notes), notes}
}

/** What is written is read back at once: if it is another job, for a binding that has no words elsewhere, everything bound is written out. */
function convertJob(job: JobRecord, index: number): {job: WrittenStruct; note?: string} {
  try {
    const plain = writtenStruct(job)
    const [wanted, given] = [meaning(job), meaning(reread(plain))]
    // Two jobs that are refused may be refused in other words.
    if (given === wanted || (given === undefined && wanted === undefined)) return {job: plain}
    if (wanted === undefined) throw new Unwritable(firstProblem(job))
    const bound = writtenStruct(interpolate(job, undefined).value)
    if (meaning(reread(bound)) !== wanted) throw new Unwritable('something is bound in a way that only Python can say')
    return {job: bound, note: `jobs[${index}]: something is bound in a way that only Python can say, so its references are replaced here.`}
  } catch (error) {
    if (!(error instanceof Unwritable) && !(error instanceof SchemaError)) throw error
    throw refused(`jobs[${index}] cannot be converted: ${error.message}`, 'config.convert')
  }
}

function firstProblem(job: JobRecord): string {
  const [problem] = resolveJob(job).problems
  return problem ? `${problem.path}: ${problem.message}` : 'it is not complete'
}

function reread(written: WrittenStruct): JobRecord {
  const [job] = readJobs(recordsFromData('converted', dataOf(dataOfJobs([written]))).records)
  if (!job) throw new Unwritable('nothing is left of it')
  return job
}

/** What the job comes to; undefined when it is not complete, or has not its types. */
function meaning(job: JobRecord): string | undefined {
  const {job: complete, unbound} = resolveJob(job)
  return complete && JSON.stringify([complete, unbound.toSorted()])
}
