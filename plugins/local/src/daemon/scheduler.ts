import {randomUUID} from 'node:crypto'
import {ACTIVE_STATES, SLAVE_ASSIGNED_STATES} from '@auroractl/cli/thrift'
import type {Agent, AgentStatus} from '../agent/types.ts'
import type {ServedScheduler} from '../api/server.ts'
import type {Answer} from '../core/answer.ts'
import {decide, type SchedulerEvent, type WriteCall} from '../core/decide.ts'
import type {Effect} from '../core/draft.ts'
import type {Offer} from '../core/match.ts'
import {read, type ReadCall} from '../core/read.ts'
import {requestedPorts} from '../core/resources.ts'
import {agentTask} from '../core/schedule.ts'
import {allTasks, restoreState, type State} from '../core/state.ts'
import {nextDue} from '../core/tick.ts'
import {ENDING} from '../core/statuses.ts'
import type {Store} from '../store/store.ts'
import type {FreePorts} from './free-ports.ts'
import type {Log} from './log.ts'

/** History is pruned at least that often. */
const MAX_TICK_MS = 60_000
/** What cannot be done now is not tried in a tight loop. */
const MIN_TICK_MS = 10

export interface SchedulerOptions {
  clusterName: string
  hostname: string
  store: Store
  log: Log
  ports: FreePorts
  /** What the host has to offer, but for the ports. */
  offer: Omit<Offer, 'ports'>
}

type EventBody = SchedulerEvent extends infer One ? (One extends unknown ? Omit<One, 'seed'> : never) : never

/** Runs the core: gives it events with time and randomness, stores what it decides, and only then does it. */
export class Scheduler implements ServedScheduler {
  readonly clusterName: string
  readonly #options: SchedulerOptions
  readonly #vars = {calls: 0, statusUpdates: 0, illegalTransitions: 0, storeFailures: 0}
  #state: State
  #agent: Agent | undefined
  #lastTick = 0
  #timer: NodeJS.Timeout | undefined
  #waking: NodeJS.Immediate | undefined
  /** Reports that could not be stored yet. */
  readonly #reports: AgentStatus[] = []
  /** Placing goes on only between `start` and `stop`. */
  #placing: 'off' | 'idle' | 'busy' | 'again' = 'off'

  constructor(options: SchedulerOptions) {
    this.clusterName = options.clusterName
    this.#options = options
    this.#state = restoreState(options.store.tasks)
  }

  get state(): State {
    return this.#state
  }

  get vars(): Readonly<Record<string, number>> {
    const tasks = [...allTasks(this.#state)]
    const activeTasks = tasks.filter(({status}) => ACTIVE_STATES.has(status)).length
    return {...this.#vars, jobs: this.#state.jobs.size, tasks: tasks.length, activeTasks}
  }

  read(call: ReadCall): Answer {
    this.#vars.calls++
    return read(this.#state, call, this.#options.hostname)
  }

  write(call: WriteCall, user: string): Answer {
    this.#vars.calls++
    const answer = this.#handle({type: 'call', call, user})
    const said = answer?.details.map(({message}) => message).join(', ')
    this.#options.log(`${call.method} by ${user}: ${answer?.responseCode ?? ''}${said ? ` ${said}` : ''}`)
    return answer ?? {responseCode: 'ERROR', details: [{message: 'no answer'}]}
  }

  /** What the agent reports. */
  report(update: AgentStatus): void {
    this.#vars.statusUpdates++
    this.#options.log(`${update.taskId} ${update.status} ${update.message}`)
    this.#reports.push(update)
    try {
      this.#reportAll()
    } catch {
      // Already logged; the next tick tries again.
    }
  }

  /** Takes over what ran when the last daemon ended, then goes on. */
  async start(agent: Agent): Promise<void> {
    this.#agent = agent
    const onHost = [...allTasks(this.#state)].filter(({status}) => SLAVE_ASSIGNED_STATES.has(status))
    await agent.recover(onHost.map(agentTask))
    this.#placing = 'idle'
    // The last daemon may not have got to pass these on.
    for (const {id, status} of allTasks(this.#state)) if (ENDING.has(status)) agent.kill(id)
    this.#tick(Date.now())
  }

  /** Ends the tasks' processes; what is to run again becomes pending, and is started by the next daemon. */
  async stop(): Promise<void> {
    this.#placing = 'off'
    await this.#agent?.shutdown()
    clearImmediate(this.#waking)
    clearTimeout(this.#timer)
  }

  #handle(body: EventBody): Answer | undefined {
    const decision = decide(this.#state, {...body, seed: randomUUID()}, Date.now())
    try {
      this.#options.store.commit(decision.changes)
    } catch (error) {
      this.#vars.storeFailures++
      this.#options.log(`Storing failed, nothing was done: ${String(error)}`)
      throw error
    }
    this.#state = decision.state
    for (const effect of decision.effects) this.#perform(effect)
    if (body.type !== 'offer') this.#place()
    this.#wake()
    return decision.answer
  }

  #reportAll(): void {
    for (let update = this.#reports.shift(); update; update = this.#reports.shift()) {
      try {
        this.#handle({type: 'status', update})
      } catch (error) {
        this.#reports.unshift(update)
        throw error
      }
    }
  }

  #perform(effect: Effect): void {
    switch (effect.type) {
      case 'launch':
        return this.#agent?.launch(effect.task)
      case 'kill':
        return this.#agent?.kill(effect.taskId)
      case 'forget':
        return this.#agent?.forget?.(effect.taskId)
      case 'illegal':
        this.#vars.illegalTransitions++
        this.#options.log(`${effect.taskId} cannot go from ${effect.from} to ${effect.to}`)
    }
  }

  /** Offers the host to what is pending, once at a time; what comes meanwhile gets another round. */
  #place(): void {
    if (this.#placing === 'off' || this.#placing === 'again') return
    if (this.#placing === 'busy') {
      this.#placing = 'again'
      return
    }
    this.#placing = 'busy'
    this.#offer()
      .catch((error: unknown) => this.#options.log(`Placing tasks failed: ${String(error)}`))
      .finally(() => {
        const again = this.#placing === 'again'
        if (this.#placing !== 'off') this.#placing = 'idle'
        if (again) this.#place()
      })
  }

  async #offer(): Promise<void> {
    const tasks = [...allTasks(this.#state)]
    const pending = tasks.filter(({status}) => status === 'PENDING')
    if (pending.length === 0) return
    const wanted = pending.reduce((sum, {config}) => sum + requestedPorts(config).length, 0)
    const taken = new Set(tasks.filter(({status}) => SLAVE_ASSIGNED_STATES.has(status)).flatMap(({ports}) => Object.values(ports)))
    const ports = await this.#options.ports.find(wanted, taken)
    if (this.#placing !== 'off') this.#handle({type: 'offer', offer: {...this.#options.offer, ports}})
  }

  #tick(since: number): void {
    const now = Date.now()
    try {
      this.#reportAll()
      this.#handle({type: 'tick', since})
      this.#lastTick = now
    } catch {
      // Already logged; the same is due again at the next tick.
    }
    this.#wake()
  }

  /** Sets the one timer to the next thing that becomes due; once a turn, however many events it had. */
  #wake(): void {
    if (this.#waking || this.#placing === 'off') return
    this.#waking = setImmediate(() => {
      this.#waking = undefined
      clearTimeout(this.#timer)
      const due = nextDue(this.#state, this.#lastTick) ?? Number.POSITIVE_INFINITY
      const wait = Math.min(Math.max(MIN_TICK_MS, due - Date.now()), MAX_TICK_MS)
      this.#timer = setTimeout(() => this.#tick(this.#lastTick), wait)
    })
  }
}
