/** The two functions of the host; both take and give plain values. */
export type SendLog = (run: number, level: string, text: string) => void
export type SendCall = (run: number, id: number, name: string, args: string) => void

/** Makes, of the functions of the host and what is given to a run, what the guest's context has of them. */
type Prelude = (functions: Record<string, unknown>, given: unknown) => Record<string, unknown>

interface Waiting {
  resolve(value: unknown): void
  reject(error: Error): void
  /** Made where the guest called, so that its stack names the guest's line. */
  error: Error
}

/**
 * Runs inside every guest context, before the guest's own code. It goes there as text, so it must use nothing from outside itself.
 * What it keeps is in closures; a guest that reached them could only send the host other plain values, which the host judges anyway.
 */
export function bootstrap(sendLog: SendLog, sendCall: SendCall, prelude: Prelude = (functions) => functions) {
  const {parse, stringify} = JSON
  const waiting = new Map<number, Waiting>()
  let calls = 0

  // Memory that the heap limit does not count, threads that wait without using the CPU, and a console that leads nowhere.
  for (const name of ['console', 'WebAssembly', 'SharedArrayBuffer', 'Atomics']) Reflect.deleteProperty(globalThis, name)

  function freeze<Value>(value: Value): Value {
    if (typeof value === 'function') Object.freeze(value)
    if (typeof value === 'object' && value !== null) for (const item of Object.values(Object.freeze(value))) freeze(item)
    return value
  }

  function show(value: unknown): string {
    if (typeof value === 'string') return value
    return value instanceof Error ? String(value) : (stringify(value) ?? String(value))
  }

  function describe(thrown: unknown): {message: string; stack?: string} {
    try {
      if (!(thrown instanceof Error)) return {message: show(thrown).slice(0, 2_000)}
      const message = thrown.name === 'Error' ? thrown.message : `${thrown.name}: ${thrown.message}`
      return {message: show(message).slice(0, 2_000), stack: show(thrown.stack).slice(0, 8_000)}
    } catch {
      return {message: 'it threw something that cannot be shown'}
    }
  }

  function hostFunction(run: number, name: string) {
    return (...args: unknown[]) =>
      new Promise((resolve, reject) => {
        const id = ++calls
        waiting.set(id, {resolve, reject, error: new Error()})
        sendCall(run, id, name, stringify(args))
      })
  }

  function powers(run: number, names: string[]): Record<string, unknown> {
    const all: Record<string, unknown> = {}
    for (const name of names) {
      const [group = name, method] = name.split('.')
      const power = hostFunction(run, name)
      if (method === undefined) all[group] = power
      else ((all[group] ??= {}) as Record<string, unknown>)[method] = power
    }
    return all
  }

  function logger(run: number) {
    const log: Record<string, (...values: unknown[]) => void> = {}
    for (const level of ['debug', 'info', 'warn', 'error']) {
      log[level] = (...values: unknown[]) => sendLog(run, level, values.map(show).join(' '))
    }
    return log
  }

  return {
    async run(run: number, module: {default?: unknown}, input: string, capabilities: string): Promise<string> {
      try {
        const {view, state, given} = parse(input) as {view: object; state: object; given: unknown}
        const lent = prelude(powers(run, parse(capabilities) as string[]), given)
        const context = {...freeze(view), ...freeze(lent), log: freeze(logger(run)), state}
        let guest: unknown
        try {
          guest = module.default
        } catch {
          throw new Error('the module never finishes loading: nothing answers its await at the top level')
        }
        if (typeof guest !== 'function') throw new Error('the module has no default export that is a function')
        const answer: unknown = await guest(Object.freeze(context))
        const text = stringify(answer)
        if (answer !== undefined && text === undefined) throw new Error(`it returned a ${typeof answer}, which is not data`)
        return stringify({answer, state})
      } catch (thrown) {
        return stringify({thrown: describe(thrown)})
      }
    },

    settle(id: number, value: string | undefined, refused: string | undefined): void {
      const call = waiting.get(id)
      if (!call) return
      waiting.delete(id)
      if (value !== undefined) return call.resolve(parse(value))
      call.error.message = refused ?? ''
      call.reject(call.error)
    },
  }
}
