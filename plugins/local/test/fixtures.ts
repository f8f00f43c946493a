import type {JobConfiguration, Resource, TaskConfig} from '@auroractl/cli/thrift'
import {decide, type Decision, type SchedulerEvent} from '../src/core/decide.ts'
import type {Offer} from '../src/core/match.ts'
import type {State} from '../src/core/state.ts'
import type {Job} from '../src/core/task.ts'

export const JOB: Job = {role: 'www', environment: 'devel', name: 'hello'}

export function resources(cpus = 1, ramMb = 16n, diskMb = 16n, ...ports: string[]): Resource[] {
  return [{numCpus: cpus}, {ramMb}, {diskMb}, ...ports.map((namedPort) => ({namedPort}))]
}

export function taskConfig(changes: Partial<TaskConfig> = {}): TaskConfig {
  return {
    job: JOB,
    owner: {user: 'alice'},
    isService: true,
    priority: 0,
    maxTaskFailures: 1,
    resources: resources(),
    constraints: [],
    executorConfig: {name: 'AuroraExecutor', data: '{"task": {}}'},
    container: {mesos: {}},
    ...changes,
  }
}

export function jobOf(config: TaskConfig = taskConfig(), instanceCount = 1): JobConfiguration {
  return {key: config.job, owner: config.owner, cronCollisionPolicy: 'KILL_EXISTING', taskConfig: config, instanceCount}
}

const OFFER: Offer = {
  hostname: 'host-1',
  resources: {cpus: 100, ramMb: 100_000, diskMb: 100_000, gpus: 0},
  ports: Array.from({length: 50}, (_, index) => 31_000 + index),
  attributes: {host: ['host-1']},
}

type Body = SchedulerEvent extends infer One ? (One extends unknown ? Omit<One, 'seed'> : never) : never

/** A scheduler with a clock that only moves when told. */
export class Simulation {
  now = 1_000_000_000
  state: State
  #lastTick = 0
  #events = 0
  last: Decision | undefined

  constructor(state: State) {
    this.state = state
  }

  send(body: Body): Decision {
    const seed = `00000000-0000-4000-8000-${(this.#events++ * 10_000).toString(16).padStart(12, '0')}`
    this.last = decide(this.state, {...body, seed}, this.now)
    this.state = this.last.state
    return this.last
  }

  create(config: TaskConfig = taskConfig(), instanceCount = 1): Decision {
    return this.send({type: 'call', user: 'alice', call: {method: 'createJob', args: {description: jobOf(config, instanceCount)}}})
  }

  kill(instances?: number[], message?: string): Decision {
    const args = {job: JOB, ...(instances ? {instances} : {}), ...(message === undefined ? {} : {message})}
    return this.send({type: 'call', user: 'alice', call: {method: 'killTasks', args}})
  }

  restart(shardIds: number[]): Decision {
    return this.send({type: 'call', user: 'alice', call: {method: 'restartShards', args: {job: JOB, shardIds}}})
  }

  offer(changes: Partial<Offer> = {}): Decision {
    return this.send({type: 'offer', offer: {...OFFER, ...changes}})
  }

  report(taskId: string, status: 'STARTING' | 'RUNNING' | 'FINISHED' | 'FAILED' | 'KILLED' | 'LOST'): Decision {
    return this.send({type: 'status', update: {taskId, status, message: ''}})
  }

  pass(ms: number): Decision {
    this.now += ms
    const since = this.#lastTick
    this.#lastTick = this.now
    return this.send({type: 'tick', since})
  }
}
