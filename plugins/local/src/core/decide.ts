import type {Methods} from '@auroractl/cli/thrift'
import type {AgentStatus} from '../agent/types.ts'
import {type Answer, refused, Refusal} from './answer.ts'
import {addInstances} from './calls/add-instances.ts'
import {createJob} from './calls/create-job.ts'
import {killTasks} from './calls/kill-tasks.ts'
import {restartShards} from './calls/restart-shards.ts'
import {type Changes, Draft, type Effect} from './draft.ts'
import type {Offer} from './match.ts'
import {schedule} from './schedule.ts'
import type {State} from './state.ts'
import {statusUpdate} from './status-update.ts'
import {tick} from './tick.ts'

/** The calls that change something. */
export type WriteName = 'createJob' | 'killTasks' | 'restartShards' | 'addInstances'

export type WriteCall = {[Name in WriteName]: {method: Name; args: Methods[Name]['argsObject']}}[WriteName]

/** `seed` is a fresh random UUID, from which the ids of new tasks are made. */
export type SchedulerEvent = {seed: string} & (
  | {type: 'call'; call: WriteCall; user: string}
  | {type: 'status'; update: AgentStatus}
  | {type: 'offer'; offer: Offer}
  /** Time has passed since the last tick. */
  | {type: 'tick'; since: number}
)

export interface Decision {
  state: State
  /** To be stored before anything else happens. */
  changes: Changes
  /** To be carried out once the changes are stored. */
  effects: readonly Effect[]
  answer?: Answer
}

/** The whole scheduler: what an event makes of a state. Pure. */
export function decide(state: State, event: SchedulerEvent, now: number): Decision {
  const draft = new Draft(state, now, event.seed)
  const done = (answer?: Answer): Decision => ({
    state: draft.state,
    changes: draft.changes,
    effects: draft.effects,
    ...(answer ? {answer} : {}),
  })
  switch (event.type) {
    case 'call':
      try {
        return done(perform(draft, event.call, event.user))
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        return {state, changes: {saved: [], deleted: []}, effects: [], answer: refused(error)}
      }
    case 'status':
      statusUpdate(draft, event.update)
      return done()
    case 'offer':
      schedule(draft, event.offer)
      return done()
    case 'tick':
      tick(draft, event.since)
      return done()
  }
}

function perform(draft: Draft, call: WriteCall, user: string): Answer {
  switch (call.method) {
    case 'createJob':
      return createJob(draft, call.args.description)
    case 'killTasks':
      return killTasks(draft, call.args.job, call.args.instances, call.args.message, user)
    case 'restartShards':
      return restartShards(draft, call.args.job, call.args.shardIds, user)
    case 'addInstances':
      return addInstances(draft, call.args.key, call.args.count)
  }
}
