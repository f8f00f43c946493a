import {
  awaitCreated,
  type ConfigRequest,
  createOnScheduler,
  findPage,
  formatJobKey,
  type JobKey,
  killInstances,
  type KillOptions,
  loadClusterJob,
  operation,
  rememberTasks,
  selectActive,
  type Services,
  type WaitUntil,
} from '@auroractl/cli'
import {noteRedeploy} from '../steps/note-redeploy.ts'
import {requireRunning} from '../steps/require-running.ts'

export interface RedeployInput {
  services: Services
  job: JobKey
  configuration: ConfigRequest
  /** Why, for the team's log and for hooks. */
  ticket: string
  /** The team's log. */
  log: string | undefined
  /** How the instances that run are killed. */
  options: KillOptions
  /** What is waited for afterwards. */
  waitUntil: WaitUntil
  limitMs: number
}

/** Kills a job and creates it anew from its configuration; nothing is touched when the configuration is wrong, or a hook denies. */
export const redeployJob = operation<'team.redeploy', RedeployInput>('team.redeploy')
  .read(loadClusterJob)
  .read(findPage)
  .read(selectActive)
  .read(requireRunning)
  .read(rememberTasks)
  .hooks(({job, selected, ticket}) => ({job, instances: [...(selected ?? [])], options: {ticket}}))
  .act(killInstances)
  .act(createOnScheduler)
  .act(awaitCreated)
  .act(noteRedeploy)
  .returns(({job, url, replaced, tasks}) => ({job: formatJobKey(job), url, replaced, created: tasks.length}))

/** What hooks of `team.redeploy` see. */
declare module '@auroractl/cli' {
  interface Operations {
    'team.redeploy': {job: JobKey; instances: number[]; options: {ticket: string}}
  }
}
