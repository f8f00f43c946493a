import type {Json} from '../../../model/json.ts'
import {SCHEDULER_QUERIES, type SchedulerQuery} from '../../../model/scheduler-queries.ts'
import type {SchedulerApi} from '../../../scheduler/api.ts'
import {requireOk} from '../../../scheduler/response.ts'
import type {Lend, Lending} from '../lending.ts'

/** Queries to the scheduler: of the operation's cluster, or of those that the hook names. */
export const lendScheduler: Lend = (lending) => ({
  async 'scheduler.query'([cluster, query, args]) {
    if (typeof query !== 'string' || !isQuery(query)) throw new Error(`ctx.scheduler: there is no query '${String(query)}'`)
    if (!Array.isArray(args)) throw new TypeError('ctx.scheduler: no arguments')
    const name = grantedCluster(lending, cluster)
    lending.tell(`${query} of ${name}`)
    const api = await lending.world.scheduler(name)
    const response = await (api[query] as (...args: Json[]) => ReturnType<SchedulerApi[SchedulerQuery]>)(...args)
    requireOk(response, {header: `ctx.scheduler: ${query} failed:`})
    const text = JSON.stringify(response.result?.[SCHEDULER_QUERIES[query]] ?? {}, plain)
    lending.spend(text.length)
    return JSON.parse(text) as Json
  },
})

function isQuery(name: string): name is SchedulerQuery {
  return Object.hasOwn(SCHEDULER_QUERIES, name)
}

/** @throws Error for a cluster that the hook may not ask */
function grantedCluster({hook, view}: Lending, asked: Json | undefined): string {
  const own = view.job?.cluster
  const {scheduler} = hook.needs
  const granted: readonly string[] = typeof scheduler === 'object' ? scheduler : own === undefined ? [] : [own]
  const name = typeof asked === 'string' ? asked : own
  if (name === undefined) throw new Error("ctx.scheduler: the operation has no job; name the cluster: ctx.scheduler.at('west')")
  if (granted.includes(name)) return name
  throw new Error(
    `ctx.scheduler: '${name}' is not among the clusters that the hook may query; name it in "needs": {"scheduler": ["${name}"]}`,
  )
}

function plain(_name: string, value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value)
  return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value
}
