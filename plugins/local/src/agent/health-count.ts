export interface HealthLimits {
  /** Seconds. */
  initialInterval: number
  interval: number
  maxConsecutiveFailures: number
  minConsecutiveSuccesses: number
}

export type Verdict = {kind: 'undecided'} | {kind: 'running'} | {kind: 'failed'; message: string}

/** Counts a task's health checks until they say something of it (reference/thermos.md §10). Knows no clock and no network. */
export class HealthCount {
  readonly #limits: HealthLimits
  readonly #forgiving: number
  #attempts: number
  #failures = 0
  #successes = 0
  #running: boolean

  /** A task that was running before a restart of the daemon has had its time of grace. */
  constructor(limits: HealthLimits, running = false) {
    this.#limits = limits
    this.#forgiving = Math.ceil(limits.initialInterval / limits.interval)
    this.#running = running
    this.#attempts = running ? this.#forgiving : 0
  }

  /** `reason` is why the check failed; nothing, if it succeeded. */
  observe(reason: string | undefined): Verdict {
    const {maxConsecutiveFailures, minConsecutiveSuccesses} = this.#limits
    this.#attempts += 1
    if (reason === undefined) {
      this.#failures = 0
      this.#successes += 1
      if (!this.#running && this.#successes >= minConsecutiveSuccesses) {
        this.#running = true
        return {kind: 'running'}
      }
    } else {
      this.#successes = 0
      if (this.#attempts > this.#forgiving) this.#failures += 1
      if (this.#failures > maxConsecutiveFailures) return {kind: 'failed', message: `Failed health check! ${reason}`}
    }
    const left = this.#forgiving + maxConsecutiveFailures + minConsecutiveSuccesses - this.#attempts
    const tooLate = !this.#running && minConsecutiveSuccesses - this.#successes > left
    return tooLate ? {kind: 'failed', message: 'Not enough successful health checks in time.'} : {kind: 'undecided'}
  }
}
