/** What a configuration looked at and printed. */
interface Watched {
  /** Environment variables. */
  readonly asked: Set<string>
  /** What is not the same in every run. */
  readonly used: Set<'time' | 'random'>
  readonly printed: string[]
}

/**
 * Runs inside the isolate, before the files of a configuration: what it grants them, so that what they look at is known. Like all that is here, it
 * goes there as text.
 */
export function setUp(variables: Readonly<Record<string, string>>): Watched {
  const {random} = Math
  const {now} = Date
  const asked = new Set<string>()
  const used = new Set<'time' | 'random'>()
  const printed: string[] = []
  let room = 1_000_000

  function environment(name: string): string | undefined {
    asked.add(name)
    return Object.hasOwn(variables, name) ? variables[name] : undefined
  }

  function print(...values: unknown[]): void {
    const line = values.map((value) => (typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value)))).join(' ')
    room -= line.length + 1
    if (room >= 0) printed.push(`${line}\n`)
  }

  function watchedNow(): number {
    used.add('time')
    return now()
  }

  class WatchedDate extends Date {
    constructor(...parts: []) {
      if ((parts as unknown[]).length === 0) used.add('time')
      super(...parts)
    }
    static override now = watchedNow
  }

  Date.now = watchedNow
  Object.assign(Date.prototype, {constructor: WatchedDate})
  Math.random = () => {
    used.add('random')
    return random()
  }
  // Clocks of their own.
  for (const name of ['Intl', 'Temporal']) Reflect.deleteProperty(globalThis, name)
  const console = Object.fromEntries(['debug', 'error', 'info', 'log', 'warn'].map((name) => [name, print]))
  Object.assign(globalThis, {Date: WatchedDate, auroraEnvironment: environment, console})
  return {asked, used, printed}
}
