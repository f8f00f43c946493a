const LONGEST = 2 ** 31 - 1

/** Lets a loop sleep until something has happened, or until a time has come. What happens while it is awake is not lost. */
export class Wake {
  #pending = false
  #resume: (() => void) | undefined
  #failure: unknown

  ring(): void {
    this.#pending = true
    this.#resume?.()
  }

  /** Makes this sleep, or the next, reject. */
  fail(error: unknown): void {
    this.#failure = error
    this.ring()
  }

  async until(time = Infinity): Promise<void> {
    if (!this.#pending) {
      await new Promise<void>((resolve) => {
        const timer = time === Infinity ? undefined : setTimeout(resolve, Math.min(LONGEST, Math.max(0, time - Date.now())))
        this.#resume = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
    this.#resume = undefined
    this.#pending = false
    if (this.#failure !== undefined) throw this.#failure
  }
}
