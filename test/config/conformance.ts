import {readFileSync, readdirSync} from 'node:fs'
import {join} from 'node:path'
import {isDeepStrictEqual} from 'node:util'
import {evaluateWith} from '../../src/config/evaluate.ts'
import {InputReader} from '../../src/config/inputs.ts'
import {UserError} from '../../src/model/errors.ts'
import {type Binding, type JobRecord, resolveJob} from '../../src/schema/job.ts'
import {requestedPorts} from '../../src/schema/ports.ts'
import {readJobs} from '../../src/schema/records.ts'
import {fieldText, missingRequirements} from '../../src/schema/requirements.ts'
import {bindJob} from '../../src/schema/job.ts'
import {toJobConfiguration} from '../../src/schema/convert.ts'
import {toUpdateSettings, updateProblem} from '../../src/schema/update.ts'
import {validateJob} from '../../src/schema/validate.ts'
import {DESCRIBE} from './describe.ts'

/** One case of a folder of cases: a file, and what the original evaluator made of it. */
export interface Case {
  name: string
  file: string
  bindings: Binding[]
  /** Python 3's first, then Python 2's where it differs. */
  expected: Record<string, unknown>[]
}

export function casesIn(folder: string): Case[] {
  const files = readdirSync(folder)
  return files
    .filter((file) => file.endsWith('.aurora'))
    .toSorted()
    .map((file) => {
      const name = file.slice(0, -'.aurora'.length)
      const expected = ['.expected.json', '.expected.py27.json'].map((ending) => name + ending).filter((each) => files.includes(each))
      const args = files.includes(`${name}.args`)
        ? readFileSync(join(folder, `${name}.args`), 'utf8')
            .trim()
            .split(/\s+/)
        : []
      const bindings = args
        .filter((each) => each !== '--bind')
        .map((each) => [each.slice(0, each.indexOf('=')), each.slice(each.indexOf('=') + 1)] as const)
      return {
        name,
        file: join(folder, file),
        bindings,
        expected: expected.map((each) => JSON.parse(readFileSync(join(folder, each), 'utf8')) as Record<string, unknown>),
      }
    })
}

/** Where we differ on purpose, and why. */
const ON_PURPOSE: Readonly<Record<string, string>> = {
  '31_job_identifiers: c/r/devel/x\n': 'a name that ends with a line end is refused, as the scheduler would refuse it',
  '61_python_features: except as': 'the words of a Python exception are those of the Python that runs here, 3.14',
}

/** Runs a case and tells how it differs from what is expected; nothing if it does not. */
export async function differences(it: Case): Promise<string[]> {
  const all = await allDifferences(it)
  return all.filter((text) => !Object.keys(ON_PURPOSE).some((start) => `${it.name}: ${text}`.startsWith(start)))
}

async function allDifferences({file, bindings, expected}: Case): Promise<string[]> {
  const ours = await run(
    file,
    bindings,
    expected.some((each) => 'results' in each),
  )
  const [first] = expected
  if (!first) return ['there is no expected result']
  if ('error' in ours) return 'error' in first ? [] : [`refused: ${ours.error ?? ''}`]
  if ('error' in first) return [`accepted, where the original says ${String(first['message'])}`]
  if ('results' in first)
    return (ours.results ?? []).flatMap(([label, value]) =>
      differsFromAll(
        label,
        value,
        expected.map((each) => each['results'] as [string, unknown][]),
      ),
    )
  return (ours.jobs ?? []).flatMap((job, i) =>
    jobDiffers(
      job,
      expected.map((each) => (each['jobs'] as Record<string, unknown>[])[i] ?? {}),
    ),
  )
}

interface Ours {
  error?: string
  results?: [string, unknown][]
  jobs?: Record<string, unknown>[]
}

async function run(file: string, bindings: Binding[], results: boolean): Promise<Ours> {
  try {
    const reader = await InputReader.open(file, {})
    const env = {USER: 'peer', LOGNAME: 'peer'}
    const {records, answer} = await evaluateWith(reader, {env, ...(results ? {after: DESCRIBE} : {})})
    if (results) return {results: answer as [string, unknown][]}
    const jobs = readJobs(records)
    return jobs.length === 0 ? {error: 'No job defined in this config!'} : {jobs: jobs.map((job) => describeJob(job, bindings))}
  } catch (error) {
    if (error instanceof UserError) return {error: error.message}
    throw error
  }
}

function describeJob(record: JobRecord, bindings: Binding[]): Record<string, unknown> {
  const bound = bindJob(record, bindings)
  const missing = missingRequirements(bound)
  const {job, unbound, problems} = resolveJob(record, bindings)
  const wrong = job ? [...missing, ...validateJob(job)] : [...missing, ...problems]
  const refusals = wrong.map(({path, message}) => `${path}: ${message}`)
  if (!job) return {refusals}
  const key = ['cluster', 'role', 'environment', 'name'].map((field) => fieldText(bound, field)).join('/')
  // What the client itself refuses is a refusal of ours, but the original still shows the rest.
  if (missing.length > 0 || refusals.some((each) => !/max_total_failures|static ports|Value cannot be less/.test(each)))
    return {key, refusals}
  const settings = updateProblem(job.update_config)
  return {
    key,
    job,
    refusals,
    unbound: unbound.toSorted(),
    ports: requestedPorts(job),
    executor_data_json: JSON.parse(toJobConfiguration(job, {user: 'peer'}).taskConfig.executorConfig?.data ?? 'null') as unknown,
    thrift: thriftOf(job),
    update_settings: settings === undefined ? plain(toUpdateSettings(job.update_config)) : {error: settings},
  }
}

const POLICIES = ['KILL_EXISTING', 'CANCEL_NEW', 'RUN_OVERLAP']

function thriftOf(job: Parameters<typeof toJobConfiguration>[0]): unknown {
  const {taskConfig, cronCollisionPolicy, ...rest} = toJobConfiguration(job, {user: 'peer'})
  const sorted = (items: readonly unknown[]): unknown[] =>
    items
      .map((item) => JSON.stringify(plain(item)))
      .toSorted()
      .map((text) => JSON.parse(text) as unknown)
  const {resources, metadata = [], constraints, executorConfig, ...task} = taskConfig
  return plain({
    ...rest,
    cronCollisionPolicy: POLICIES.indexOf(cronCollisionPolicy),
    taskConfig: {
      ...task,
      resources: sorted(resources),
      metadata: sorted(metadata),
      constraints: sorted(constraints),
      executorConfig: {...executorConfig, data: '<see executor_data>'},
    },
  })
}

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? Number(each) : each))) as unknown
}

function jobDiffers(ours: Record<string, unknown>, expected: Record<string, unknown>[]): string[] {
  const [first] = expected
  if (!first || Object.keys(first).length === 0) return ['a job too many']
  const key = String(first['key'])
  const refusals = ours['refusals'] as string[]
  if ('error' in first || (expected.some((each) => 'error' in each) && refusals.length > 0))
    return refusals.length > 0 ? [] : [`${key}: accepted, where the original says ${String(first['message'])}`]
  const client = first['client_check'] as {ok: boolean; message?: string}
  if (client.ok !== (refusals.length === 0))
    return [`${key}: ${refusals.join('; ') || `accepted, where the original says ${client.message}`}`]
  if (!('job' in ours)) return [`${key}: refused: ${refusals.join('; ')}`]
  return ['key', 'job', 'unbound', 'ports', 'executor_data_json', 'thrift', 'update_settings'].flatMap((part) => {
    const wanted = expected.map((each) => each[part])
    if (part === 'update_settings' && expected.some((each) => isError(each[part]))) return settingsDiffer(key, ours[part], first[part])
    const mine = part === 'update_settings' ? withoutEmpty(ours[part]) : ours[part]
    return wanted.some((each) => isDeepStrictEqual(plain(mine), sortedThrift(part, each)))
      ? []
      : [`${key} ${part}: ${JSON.stringify(mine)} instead of ${JSON.stringify(wanted[0])}`]
  })
}

/** The original crashes on the explicit strategies that are not variable; ours work. */
function settingsDiffer(key: string, ours: unknown, theirs: unknown): string[] {
  const crash = (theirs as {error: string}).error === 'AttributeError'
  return isError(ours) || crash ? [] : [`${key}: update settings accepted, where the original says ${JSON.stringify(theirs)}`]
}

function isCrash(value: unknown): boolean {
  return isError(value) && ['TypeError', 'AttributeError', 'KeyError'].includes((value as {error: string}).error)
}

function isError(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'error' in value
}

function withoutEmpty(settings: unknown): unknown {
  const {updateOnlyTheseInstances: _, ...rest} = settings as Record<string, unknown>
  return rest
}

function sortedThrift(part: string, value: unknown): unknown {
  if (part !== 'thrift') return value
  const {taskConfig, ...rest} = value as {taskConfig: Record<string, unknown[]>}
  const sorted = (items: unknown[]): unknown[] =>
    items
      .map((item) => JSON.stringify(item))
      .toSorted()
      .map((text) => JSON.parse(text) as unknown)
  return {
    ...rest,
    taskConfig: {
      ...taskConfig,
      resources: sorted(taskConfig['resources'] ?? []),
      metadata: sorted(taskConfig['metadata'] ?? []),
      constraints: sorted(taskConfig['constraints'] ?? []),
    },
  }
}

function differsFromAll(label: string, ours: unknown, expected: [string, unknown][][]): string[] {
  const wanted = expected.map((results) => results.find(([each]) => each === label)?.[1])
  if (wanted.some((each) => sameResult(ours, each))) return []
  return [`${label}: ${JSON.stringify(ours)} instead of ${JSON.stringify(wanted[0])}`]
}

/** Messages of errors may be better than the original's; its raw crashes may be any error of ours. */
function sameResult(ours: unknown, theirs: unknown): boolean {
  // Theirs fails when it is used, ours when it is made: sooner is better.
  if (isError(ours) && isCrash((theirs as {check?: unknown} | undefined)?.check)) return true
  if (isError(theirs) && isError(ours)) {
    return isCrash(theirs) || (ours as {error: string}).error === (theirs as {error: string}).error
  }
  if (Array.isArray(ours) && Array.isArray(theirs))
    return ours.length === theirs.length && ours.every((each, i) => sameResult(each, theirs[i]))
  if (typeof ours === 'object' && typeof theirs === 'object' && ours !== null && theirs !== null) {
    const keys = Object.keys(theirs)
    return (
      isDeepStrictEqual(Object.keys(ours).toSorted(), keys.toSorted()) &&
      keys.every((key) => sameResult((ours as Record<string, unknown>)[key], (theirs as Record<string, unknown>)[key]))
    )
  }
  return isDeepStrictEqual(ours, theirs)
}
