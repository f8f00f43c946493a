/** The most time for a program, without what others take to answer it: it is asked to stop, once, and can say where it was. */
export class SoftLimit {
  #end = Infinity
  #reached = false

  start(milliseconds: number): void {
    this.#end = performance.now() + milliseconds
    this.#reached = false
  }

  /** Whether the program was asked to stop. */
  get reached(): boolean {
    return this.#reached
  }

  /** True once, when the time is over. */
  strike(): boolean {
    if (this.#reached || performance.now() < this.#end) return false
    return (this.#reached = true)
  }

  /** Does not count the time that an answer takes. */
  uncounted<Answer>(answer: () => Answer): Answer {
    const began = performance.now()
    try {
      return answer()
    } finally {
      this.#end += performance.now() - began
    }
  }
}
