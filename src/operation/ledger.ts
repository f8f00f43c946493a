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

  /** Makes the change. @throws AnswerLost, or the call's own error when the change did not happen. */
  async perform<Answer>(effect: Effect<Answer>): Promise<Answer> {
    const answer = await effect.call().catch((thrown: unknown) => this.#lookUp(effect, asAuroraError(thrown)))
    this.done.push(effect.name)
    return answer
  }

  async #lookUp<Answer>(effect: Effect<Answer>, error: AuroraError): Promise<Answer> {
    if (!(error instanceof SchedulerError) || error.sent !== 'maybe') throw error
    if (effect.kind === 'unverifiable') throw new AnswerLost(effect, error)
    const found = await effect.check().catch(() => {
      throw new AnswerLost(effect, error)
    })
    if (found === undefined) throw error
    return found
  }
}
