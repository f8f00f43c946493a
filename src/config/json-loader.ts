import {UserError} from '../model/errors.ts'
import {ExitCode} from '../model/exit-code.ts'
import type {Json} from '../model/json.ts'
import type {JobRecords} from '../schema/records.ts'
import type {ConfigLoader} from './loader.ts'

/** The records written down: one job, or `{"jobs": […]}` (reference/config-dsl.md §1). */
export const jsonLoader: ConfigLoader = {
  name: 'json',
  reads: (file) => file.endsWith('.json'),
  load: async ({main}) => ({records: recordsFromJson(main.shown, main.text), warnings: [], hooks: []}),
}

function recordsFromJson(file: string, text: string): JobRecords {
  const json = parse(file, text)
  const jobs = isObject(json) && Array.isArray(json['jobs']) ? json['jobs'] : [json]
  return {types: [], objects: jobs.map((job) => jobRecord(file, job)), jobs: jobs.map((_, i) => i)}
}

function parse(file: string, text: string): Json {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as Json
  } catch (error) {
    throw refused(`${file}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function jobRecord(file: string, job: Json): Json[] {
  if (!isObject(job)) throw refused(`${file}: a job is an object, not ${JSON.stringify(job)}`)
  return ['MesosJob', Object.fromEntries(Object.entries(job).map(([name, value]) => [name, held(value)]))]
}

/** As records write what has not got its type yet. */
function held(json: Json): Json {
  if (json === null) return {o: 'None'}
  if (Array.isArray(json)) return {l: json.map(held)}
  return isObject(json) ? {d: Object.entries(json).map(([name, value]) => [name, held(value)])} : json
}

function refused(message: string): UserError {
  return new UserError(message, {
    code: 'config.json',
    exitCode: ExitCode.invalidConfiguration,
    remedy: 'As JSON, a configuration is one job, or {"jobs": […]}.',
  })
}

function isObject(json: Json): json is {[name: string]: Json} {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}
