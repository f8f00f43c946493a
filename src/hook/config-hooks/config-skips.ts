import type {ConfigHooks} from '../../config/config-hooks.ts'
import type {Emit} from '../../model/events.ts'
import {formatJobKey} from '../../model/job-key.ts'
import type {SkipRecord} from '../audit-log.ts'
import {parseSkip, type Skip} from '../skip.ts'

export interface SkipOptions {
  /** The texts of `--skip-hooks` and `--skip-reason`. */
  text: string | undefined
  reason: string | undefined
  /** Keeps what was skipped; when it cannot, nothing is skipped. */
  record: (record: SkipRecord) => Promise<void>
  operation: string
  user: string
  dryRun: boolean
}

/** Which hooks of configuration files the user does not want to run this time: they have no names but their classes'. */
export class ConfigSkips {
  readonly #options: SkipOptions
  readonly #skip: Skip
  readonly #emit: Emit
  readonly #told = new Set<string>()

  /** @throws UserError (exit 2) for an empty name */
  constructor(options: SkipOptions, emit: Emit) {
    this.#options = options
    this.#skip = parseSkip(options.text)
    this.#emit = emit
  }

  skips(name: string): boolean {
    return this.#skip.skips(name)
  }

  /** Tells and records, once, which of them are skipped. @throws UserError when that cannot be recorded */
  async tell({key}: ConfigHooks, source: string, names: readonly string[]): Promise<void> {
    const skipped = [...new Set(names)].filter((name) => this.skips(name) && !this.#told.has(name))
    if (skipped.length === 0) return
    for (const name of skipped) this.#told.add(name)
    const {record, operation, user, dryRun} = this.#options
    const reason = this.#options.reason === undefined ? {} : {reason: this.#options.reason}
    const hooks = skipped.map((hook) => ({hook, source}))
    await record({time: new Date().toISOString(), user, operation, job: formatJobKey(key), dryRun, hooks, ...reason})
    this.#emit({type: 'hooks.skipped', hooks: skipped, ...reason})
  }
}
