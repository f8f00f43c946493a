import {createServer} from 'node:net'

/** Mesos's default range (reference/thermos.md §2). */
const FIRST = 31_000
const LAST = 32_000

/** Finds ports for tasks: ones that nobody listens on, going round the range so that one just given up is not the next. */
export class FreePorts {
  #next = FIRST

  /** Up to `count` free ports; `taken` are those of tasks that may not listen yet. */
  async find(count: number, taken: ReadonlySet<number>): Promise<number[]> {
    const found: number[] = []
    for (let tries = FIRST; tries <= LAST && found.length < count; tries++) {
      const port = this.#next
      this.#next = port === LAST ? FIRST : port + 1
      if (!taken.has(port) && (await isFree(port))) found.push(port)
    }
    return found
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen({port, exclusive: true}, () => probe.close(() => resolve(true)))
  })
}
