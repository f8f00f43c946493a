import type {PowerName} from '../powers.ts'

interface Amount {
  calls: number
  bytes: number
}

const MB = 1 << 20

/** What one hook may use of each power in one run of a command: enough for any honest hook. */
const BUDGETS: Record<PowerName, Amount> = {
  log: {calls: Infinity, bytes: Infinity},
  prompt: {calls: 20, bytes: Infinity},
  fetch: {calls: 50, bytes: 16 * MB},
  exec: {calls: 50, bytes: 16 * MB},
  read: {calls: 500, bytes: 16 * MB},
  env: {calls: 500, bytes: Infinity},
  scheduler: {calls: 100, bytes: 64 * MB},
  store: {calls: 500, bytes: 16 * MB},
  secret: {calls: 100, bytes: Infinity},
  clock: {calls: 1_000, bytes: Infinity},
  random: {calls: 1_000, bytes: Infinity},
}

/** What the hooks of a run have used. */
export class Budget {
  readonly #used = new Map<string, Amount>()

  /** @throws Error when the budget is used up */
  spend(owner: string, power: PowerName, {calls = 0, bytes = 0}: Partial<Amount>): void {
    const key = `${owner} ${power}`
    const used = this.#used.get(key) ?? {calls: 0, bytes: 0}
    this.#used.set(key, used)
    used.calls += calls
    used.bytes += bytes
    const most = BUDGETS[power]
    if (used.calls > most.calls) throw new Error(`ctx.${power}: more than ${most.calls} calls in one run`)
    if (used.bytes > most.bytes) throw new Error(`ctx.${power}: more than ${most.bytes / MB} MB in one run`)
  }
}
