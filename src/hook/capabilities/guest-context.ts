/** What a run of a hook gets of time and chance; null without the power. */
export interface Given {
  now: number | null
  /** Four 32-bit integers. */
  seed: readonly number[] | null
}

interface Answered {
  url: string
  status?: number
  headers?: Record<string, string>
  text?: string
  dryRun?: true
}

/** The functions of the host, as the bootstrap groups them. */
interface Lent {
  prompt: Record<'confirm' | 'select' | 'input', (...args: unknown[]) => Promise<unknown>>
  fetch(url: string, options: unknown): Promise<Answered>
  exec(command: unknown, args: unknown, options: unknown): Promise<object>
  read(path: unknown, options: unknown): Promise<string>
  env(name: unknown): Promise<string | null>
  secret(name: unknown): Promise<string>
  scheduler: {query(cluster: string | null, query: string, args: unknown[]): Promise<unknown>}
  store: {
    get(key: unknown): Promise<{value: unknown} | null>
    set(key: unknown, value: unknown): Promise<null>
    delete(key: unknown): Promise<null>
    keys(): Promise<string[]>
  }
  clock: {now(): Promise<number>}
  random: Record<'integer' | 'uuid', (...args: unknown[]) => Promise<unknown>>
}

/**
 * Runs inside every hook's context, before the hook's own code: makes of the host's functions what hooks see, and takes the ways to time
 * and chance that are not the host's. It goes there as text, so it must use nothing from outside itself.
 */
export function guestContext(first: Given, queries: readonly string[]) {
  const {parse} = JSON
  const RealDate = Date
  let given = first
  let seed = [...(first.seed ?? [])]

  function now(): number {
    if (given.now === null) throw new Error('the time needs "needs": {"clock": true} in the hook\'s manifest')
    return given.now
  }

  function replaceDate(): void {
    function GivenDate(this: unknown, ...args: unknown[]): unknown {
      if (new.target === undefined) return new RealDate(now()).toString()
      return Reflect.construct(RealDate, args.length === 0 ? [now()] : args, new.target)
    }
    Object.defineProperties(GivenDate, {
      name: {value: 'Date'},
      length: {value: 7},
      prototype: {value: RealDate.prototype, writable: false},
      now: {value: now},
      parse: {value: RealDate.parse},
      UTC: {value: RealDate.UTC},
    })
    RealDate.prototype.constructor = GivenDate
    globalThis.Date = GivenDate as unknown as DateConstructor
    // Those that take the time by themselves when they are given none.
    Reflect.deleteProperty(globalThis, 'Temporal')
    const format = Intl.DateTimeFormat.prototype
    const formatter = Object.getOwnPropertyDescriptor(format, 'format')?.get as () => (date: unknown) => string
    const toParts = format.formatToParts as (date: unknown) => Intl.DateTimeFormatPart[]
    Object.defineProperty(format, 'format', {
      get(this: Intl.DateTimeFormat) {
        const bound = formatter.call(this)
        return (date?: unknown) => bound(date === undefined ? now() : date)
      },
    })
    format.formatToParts = function formatToParts(date) {
      return toParts.call(this, date === undefined ? now() : date)
    }
  }

  /** The generator sfc32: all that it gives follows from the seed, which is recorded. */
  function random(): number {
    if (given.seed === null) throw new Error('chance needs "needs": {"random": true} in the hook\'s manifest')
    const [a = 0, b = 0, c = 0, d = 0] = seed
    const t = (((a + b) | 0) + d) | 0
    const next = (((c << 21) | (c >>> 11)) + t) | 0
    seed = [b ^ (b >>> 9), (c + (c << 3)) | 0, next, (d + 1) | 0]
    return (t >>> 0) / 4_294_967_296
  }

  function answer({url, status = 200, headers = {}, text = '', dryRun}: Answered) {
    return Object.freeze({
      url,
      status,
      ok: status >= 200 && status < 300,
      headers: Object.freeze(headers),
      dryRun: dryRun === true,
      text: async () => text,
      json: async () => (dryRun ? {} : (parse(text) as unknown)),
    })
  }

  function scheduler({query}: Lent['scheduler'], cluster: string | null) {
    return Object.fromEntries(queries.map((name) => [name, (...args: unknown[]) => query(cluster, name, args)]))
  }

  replaceDate()
  Math.random = random

  return (lent: Lent, next: Given): Record<string, unknown> => {
    given = next
    seed = [...(next.seed ?? [])]
    return {
      prompt: lent.prompt,
      fetch: async (url: unknown, options?: unknown) => answer(await lent.fetch(String(url), options)),
      exec: async (command: unknown, args: unknown, options?: unknown) => {
        const result = await lent.exec(command, args, options)
        return 'dryRun' in result ? {exitCode: 0, stdout: '', stderr: '', dryRun: true} : {...result, dryRun: false}
      },
      read: lent.read,
      env: async (name: unknown) => (await lent.env(name)) ?? undefined,
      secret: lent.secret,
      scheduler: {...scheduler(lent.scheduler, null), at: (cluster: unknown) => Object.freeze(scheduler(lent.scheduler, String(cluster)))},
      store: {
        get: async (key: unknown) => (await lent.store.get(key))?.value,
        set: async (key: unknown, value: unknown) => void (await lent.store.set(key, value)),
        delete: async (key: unknown) => void (await lent.store.delete(key)),
        keys: () => lent.store.keys(),
      },
      clock: {
        now: async () => {
          const time = await lent.clock.now()
          given = {...given, now: time}
          return time
        },
      },
      random: lent.random,
    }
  }
}
