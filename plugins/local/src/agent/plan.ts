import type {Needs} from './schedule.ts'

export interface PlanProcess {
  name: string
  daemon: boolean
  ephemeral: boolean
  maxFailures: number
  /** Seconds. */
  minDuration: number
}

export type RunResult = 'SUCCESS' | 'FAILED' | 'KILLED' | 'LOST'

/** A process that has run so often is given up, whatever it is (reference/thermos.md §5). */
export const TOTAL_RUN_LIMIT = 100

interface Tally {
  runs: number
  failures: number
  lastEnd: number | undefined
}

/**
 * Which processes of a plan may start, and what has become of it (reference/thermos.md §5). Knows no clock, process or disk: it is told what
 * started and ended, so replaying a checkpoint brings back the same plan.
 */
export class Plan {
  readonly #processes: ReadonlyMap<string, PlanProcess>
  readonly #needs: Needs
  readonly #limits: {maxFailures: number; maxConcurrency: number}
  readonly #tallies: Map<string, Tally>
  readonly #running = new Set<string>()
  readonly #finished = new Set<string>()
  readonly #failed = new Set<string>()

  constructor(processes: readonly PlanProcess[], needs: Needs, limits: {maxFailures: number; maxConcurrency: number}) {
    this.#processes = new Map(processes.map((process) => [process.name, process]))
    this.#needs = needs
    this.#limits = limits
    this.#tallies = new Map(processes.map(({name}) => [name, {runs: 0, failures: 0, lastEnd: undefined}]))
  }

  has(name: string): boolean {
    return this.#processes.has(name)
  }

  get running(): ReadonlySet<string> {
    return this.#running
  }

  get failed(): ReadonlySet<string> {
    return this.#failed
  }

  get finished(): ReadonlySet<string> {
    return this.#finished
  }

  /** The processes that may start now, in the order in which the task lists them. */
  startable(now: number): string[] {
    const {maxConcurrency} = this.#limits
    const room = maxConcurrency > 0 ? Math.max(0, maxConcurrency - this.#running.size) : Infinity
    return this.#eligible()
      .filter((process) => this.#earliestStart(process) <= now)
      .slice(0, room)
      .map(({name}) => name)
  }

  /** When the first of the throttled processes may start. */
  nextStart(now: number): number | undefined {
    const times = this.#eligible()
      .map((process) => this.#earliestStart(process))
      .filter((time) => time > now)
    return times.length === 0 ? undefined : Math.min(...times)
  }

  started(name: string): void {
    if (!this.has(name)) return
    this.#running.add(name)
  }

  ended(name: string, result: RunResult, at: number): void {
    const process = this.#processes.get(name)
    const tally = this.#tallies.get(name)
    if (process === undefined || tally === undefined) return
    this.#running.delete(name)
    tally.runs += 1
    tally.lastEnd = at
    if (result === 'FAILED') tally.failures += 1
    if (result === 'SUCCESS' && !process.daemon) this.#finished.add(name)
    else if (result === 'FAILED' && process.maxFailures > 0 && tally.failures >= process.maxFailures) {
      if (process.ephemeral) this.#finished.add(name)
      else this.#failed.add(name)
    } else if (tally.runs >= TOTAL_RUN_LIMIT) this.#failed.add(name)
  }

  /** Running ephemeral processes do not keep a plan from being complete. */
  get complete(): boolean {
    return [...this.#processes.values()].every(({name, ephemeral}) => ephemeral || this.#isOver(name))
  }

  /** Nothing runs, nothing can ever start, and yet it is not complete. */
  get deadlocked(): boolean {
    return !this.complete && this.#running.size === 0 && this.#eligible().length === 0
  }

  get healthy(): boolean {
    const {maxFailures} = this.#limits
    return !this.deadlocked && (maxFailures === 0 || this.#failed.size < maxFailures)
  }

  #isOver(name: string): boolean {
    return this.#finished.has(name) || this.#failed.has(name)
  }

  #eligible(): PlanProcess[] {
    return [...this.#processes.values()].filter(
      ({name}) =>
        !this.#running.has(name) && !this.#isOver(name) && [...(this.#needs.get(name) ?? [])].every((needed) => this.#finished.has(needed)),
    )
  }

  #earliestStart({name, minDuration}: PlanProcess): number {
    const lastEnd = this.#tallies.get(name)?.lastEnd
    return lastEnd === undefined ? -Infinity : lastEnd + minDuration * 1000
  }
}
