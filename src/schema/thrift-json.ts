import {ENUMS} from '../model/gen/tables.ts'
import type {JobConfiguration, JobUpdateSettings} from '../model/gen/types.ts'
import type {Json, JsonObject} from '../model/json.ts'

/** Fields that are sets: their order says nothing, so that they are sorted. */
const SETS: ReadonlySet<string> = new Set(['resources', 'constraints', 'metadata', 'values'])

/** A job configuration by Thrift's field names, enums as their numbers; the executor data are told apart from it. */
export function jobConfigurationJson(configuration: JobConfiguration): JsonObject {
  const json = toJson('', configuration) as {taskConfig: {executorConfig: JsonObject}} & JsonObject
  const {taskConfig} = json
  return {...json, taskConfig: {...taskConfig, executorConfig: {...taskConfig.executorConfig, data: '<see executor_data>'}}}
}

/** Update settings by Thrift's field names; no instances named means all of them, and no field. */
export function updateSettingsJson(settings: JobUpdateSettings): JsonObject {
  const {updateOnlyTheseInstances: only, ...rest} = toJson('', settings) as {updateOnlyTheseInstances: Json[]} & JsonObject
  return only.length === 0 ? rest : {...rest, updateOnlyTheseInstances: only}
}

function toJson(field: string, value: unknown): Json {
  if (typeof value === 'bigint') return Number(value)
  if (field === 'mode') return ENUMS.Mode[value as string] ?? null
  if (field === 'cronCollisionPolicy') return ENUMS.CronCollisionPolicy[value as string] ?? null
  if (Array.isArray(value)) {
    const items = value.map((item) => toJson('', item))
    return SETS.has(field) ? items.toSorted((a, b) => order(JSON.stringify(a), JSON.stringify(b))) : items
  }
  if (typeof value !== 'object' || value === null) return value as Json
  const names = Object.keys(value).toSorted()
  return Object.fromEntries(names.map((name) => [name, toJson(name, (value as Record<string, unknown>)[name])]))
}

function order(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
