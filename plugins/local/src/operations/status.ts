import {operation, step} from '@auroractl/cli'
import {isHealthy} from './health.ts'
import {type ClusterPlace, isRunning} from './place.ts'
import {runsTasksAs} from './runs-as.ts'

export type StatusResult =
  | {name: string; running: false}
  | {
      name: string
      running: true
      schedulerUri: string
      pid: number
      build: string
      /** It is of another build than the client. */
      older: boolean
      /** It answers. */
      healthy: boolean
      jobs?: number
      activeTasks?: number
      runsTasksAs: ReturnType<typeof runsTasksAs>
    }

export async function clusterStatus(place: ClusterPlace, {build}: {build: string}): Promise<StatusResult> {
  const state = isRunning(place) ? await place.readState() : undefined
  if (!state) return {name: place.name, running: false}
  const healthy = (await isHealthy(state.schedulerUri)) ?? false
  const {schedulerUri, pid} = state
  const counts = healthy ? await counted(schedulerUri) : {}
  return {
    name: place.name,
    running: true,
    schedulerUri,
    pid,
    build: state.build,
    older: state.build !== build,
    healthy,
    ...counts,
    runsTasksAs: runsTasksAs(),
  }
}

async function counted(schedulerUri: string): Promise<{jobs?: number; activeTasks?: number}> {
  try {
    const response = await fetch(`${schedulerUri}/vars.json`, {signal: AbortSignal.timeout(2000)})
    const {jobs, activeTasks} = (await response.json()) as Record<string, unknown>
    return typeof jobs === 'number' && typeof activeTasks === 'number' ? {jobs, activeTasks} : {}
  } catch {
    return {}
  }
}

const lookAtCluster = step<StatusInput, {status: StatusResult}>({
  name: 'look at the cluster',
  run: async ({place, build}) => ({status: await clusterStatus(place, {build})}),
})

export interface StatusInput {
  place: ClusterPlace
  /** This client's build. */
  build: string
}

/** Whether a local cluster runs, and how much runs on it. */
export const localStatus = operation<'local.status', StatusInput>('local.status')
  .read(lookAtCluster)
  .hooks(({place: {name}}) => ({options: {name}}))
  .returns(({status}) => status)

declare module '@auroractl/cli' {
  interface Operations {
    'local.status': {options: {name: string}}
  }
}
