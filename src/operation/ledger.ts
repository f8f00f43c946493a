import {type AuroraError, asAuroraError, SchedulerError} from '../model/errors.ts'
import type {Effect} from './effect.ts'

/** The answer to a change was lost, and looking could not tell whether it happened. */
export class AnswerLost extends Error {
  readonly error: AuroraError
  readonly findOut: string
  constructor(effect: {name: string; findOut: string}, error: AuroraError) {
    super(`It is not known whether this happened: ${effect.name}.`)
    this.error = error
    this.findOut = effect.findOut
  }
}

/** What a run has changed so far. */
export class Ledger {
  readonly done: string[] = []
  readonly #tell: (text: string) => void

  constructor(tell: (text: string) => void) {
    this.#tell = tell
  }

  /** Makes the change. @throws AnswerLost, or the call's own error when the change did not happen. */
  async perform<Answer>(effect: Effect<Answer>): Promise<Answer> {
    const answer = await effect.call().catch((thrown: unknown) => this.#lookUp(effect, asAuroraError(thrown)))
    this.done.push(effect.name)
    return answer
  }

  async #lookUp<Answer>(effect: Effect<Answer>, error: AuroraError): Promise<Answer> {
    if (!(error instanceof SchedulerError) || error.sent !== 'maybe') throw error
    this.#tell(`The answer was lost (${error.message}); looking whether it happened: ${effect.name}`)
    const found = effect.kind === 'unverifiable' ? undefined : await effect.check().catch(() => undefined)
    // A change that is not to be seen may still be under way: behind a slow proxy, or in a scheduler that has stalled.
    if (found === undefined) throw new AnswerLost(effect, error)
    return found
  }
}
