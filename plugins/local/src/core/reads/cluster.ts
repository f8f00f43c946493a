import {ACTIVE_STATES, type JobConfiguration, type Resource} from '@auroractl/cli/thrift'
import {type Answer, invalid, ok, Refusal} from '../answer.ts'
import {NOTHING, total, toWire} from '../resources.ts'
import {DEFAULT_TIER, TIERS} from '../settings.ts'
import {allTasks, type State} from '../state.ts'
import type {Task} from '../task.ts'
import {validateJob} from '../validate-job.ts'

export function getTierConfigs(): Answer {
  const tiers = [...TIERS].map(([name, {preemptible, revocable}]) => ({
    name,
    settings: {preemptible: `${preemptible}`, revocable: `${revocable}`},
  }))
  return ok({getTierConfigResult: {defaultTierName: DEFAULT_TIER, tiers}})
}

export function populateJobConfig(description: JobConfiguration | undefined): Answer {
  try {
    return ok({populateJobResult: {taskConfig: validateJob(description).config}})
  } catch (error) {
    throw error instanceof Refusal ? invalid(`Invalid configuration: ${error.message}`) : error
  }
}

/** What the role uses; without a record its quota is nothing (reference/thrift-api.md §9). */
export function getQuota(state: State, role: string | undefined): Answer {
  if (!role?.trim()) throw new Refusal('ERROR', 'A role must be given.')
  const active = [...allTasks(state)].filter((task) => task.job.role === role && ACTIVE_STATES.has(task.status))
  const consumed = (production: boolean, dedicated: boolean): {resources: Resource[]} => ({
    resources: toWire(total(active.filter((task) => (task.config.production === true) === production && isDedicated(task) === dedicated))),
  })
  return ok({
    getQuotaResult: {
      quota: {resources: toWire(NOTHING)},
      prodSharedConsumption: consumed(true, false),
      nonProdSharedConsumption: consumed(false, false),
      prodDedicatedConsumption: consumed(true, true),
      nonProdDedicatedConsumption: consumed(false, true),
    },
  })
}

function isDedicated({config}: Task): boolean {
  return config.constraints.some(({name}) => name === 'dedicated')
}
