/** A limit on time that can stand still, as while a person answers a prompt. */
export class Deadline {
  readonly #expire: () => void
  #left: number
  #running: {timer: NodeJS.Timeout; since: number} | undefined

  constructor(milliseconds: number, expire: () => void) {
    this.#left = milliseconds
    this.#expire = expire
  }

  run(): void {
    if (this.#running) return
    // After the next look at the connection: an answer that waits there while this process was busy still counts.
    const timer = setTimeout(() => setImmediate(() => this.#running && this.#expire()), this.#left)
    this.#running = {timer, since: performance.now()}
  }

  stop(): void {
    if (!this.#running) return
    clearTimeout(this.#running.timer)
    this.#left = Math.max(0, this.#left - (performance.now() - this.#running.since))
    this.#running = undefined
  }
}
