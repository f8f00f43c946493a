import {type AuroraError, asAuroraError, InternalError, SchedulerError, UserError} from '../model/errors.ts'
import type {Emit} from '../model/events.ts'
import {ExitCode} from '../model/exit-code.ts'
import type {Effect} from './effect.ts'
import {interrupted, isAbort} from './interrupted.ts'
import {toJson} from './sight.ts'
import type {PastEffect, RunRecord} from './run-record.ts'

/** Between looking and looking again. */
const PAUSES_MS = [250, 1_000]

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

/** What goes around a change that is made now. */
export type Around = <Answer>(make: () => Promise<Answer>) => Promise<Answer>

/** What a run has changed so far, in this attempt and in those before it. */
export class Ledger {
  readonly done: string[]
  /** What the step that runs has yet to do, by its own words (`said`) or its name, and the steps after it. */
  left: {step: string; said: boolean; later: readonly string[]} | undefined
  readonly #emit: Emit
  readonly #record: RunRecord | undefined
  /** Changes of earlier attempts that nobody knows of whether they happened, until this one has asked. */
  readonly #doubts: Map<string, PastEffect>

  constructor(emit: Emit, record: RunRecord | undefined) {
    this.#emit = emit
    this.#record = record
    const past = [...(record?.past?.effects ?? [])]
    this.done = past.flatMap(([, {state, name}]) => (state === 'done' ? [name] : []))
    this.#doubts = new Map(past.filter(([, {state}]) => state === 'in-doubt'))
  }

  /**
   * Makes the change at this place of the run, unless an earlier attempt of the run has; `around` hears of it when it is made.
   * @throws AnswerLost, or the call's own error when the change did not happen
   */
  async perform<Answer>(key: string, effect: Effect<Answer>, around: Around = (make) => make()): Promise<Answer> {
    const past = this.#record?.past?.effects.get(key)
    if (past && past.name !== effect.name) throw otherEffect(past, effect)
    const make = () => around(() => this.#make(key, effect))
    if (past?.state === 'done') {
      this.#log('info', `Done before, not repeated: ${effect.name}`)
      return past.answer as Answer
    }
    return past?.state === 'in-doubt' ? this.#goOn(key, effect, past, make) : make()
  }

  /** A change of an earlier attempt that is in doubt still. */
  get doubt(): PastEffect | undefined {
    return this.#doubts.values().next().value
  }

  /** @throws AnswerLost for a change of an earlier attempt that is in doubt still, when this one has come to its end without asking for it */
  assureSettled(): void {
    if (this.doubt) throw new AnswerLost(this.doubt, cutShort(this.doubt))
  }

  async #make<Answer>(key: string, effect: Effect<Answer>): Promise<Answer> {
    const {name, kind, findOut} = effect
    this.#emit({type: 'effect.intended', effect: key, name, kind, findOut})
    this.#record?.assureWritten()
    let answer: Answer
    try {
      answer = await effect.call()
    } catch (thrown) {
      return this.#lookUp(key, effect, thrown)
    }
    this.#settle(key, effect, answer, false)
    return answer
  }

  async #lookUp<Answer>(key: string, effect: Effect<Answer>, thrown: unknown): Promise<Answer> {
    // What was broken off may have happened just as well.
    const error = isAbort(thrown) ? interrupted() : asAuroraError(thrown)
    if (!isAbort(thrown) && !(error instanceof SchedulerError && error.sent === 'maybe')) {
      // After a defect of ours nobody knows; all others say that it did not happen.
      if (!(error instanceof InternalError)) this.#emit({type: 'effect.failed', effect: key, message: error.message})
      throw error
    }
    this.#log('warn', `The answer was lost (${error.message}); looking whether it happened: ${effect.name}`)
    const found = await this.#lookAgain(key, effect).catch(() => undefined)
    if (found === undefined) {
      // A change that is not to be seen may still be under way: behind a slow proxy, or in a scheduler that has stalled.
      this.#emit({type: 'effect.in-doubt', effect: key, message: error.message})
      throw new AnswerLost(effect, error)
    }
    return found
  }

  /** An earlier attempt was about to make the change. */
  async #goOn<Answer>(key: string, effect: Effect<Answer>, past: PastEffect, make: () => Promise<Answer>): Promise<Answer> {
    this.#log('info', `Looking whether it happened before the run was cut short: ${effect.name}`)
    const look = () =>
      this.#look(key, effect).catch((cause: unknown) => {
        throw new AnswerLost(effect, asAuroraError(cause))
      })
    if (effect.kind === 'unverifiable') throw new AnswerLost(effect, cutShort(past))
    const found = await look()
    this.#doubts.delete(key)
    if (found !== undefined) return found
    this.#log('info', `It did not happen; it does now: ${effect.name}`)
    try {
      return await make()
    } catch (thrown) {
      // Refused, perhaps since the first one landed after we had looked.
      const late = thrown instanceof SchedulerError && thrown.sent === 'answered' ? await look() : undefined
      if (late === undefined) throw thrown
      return late
    }
  }

  /** What does not show at once may be under way, and show soon. A look that fails is not repeated: whoever cannot be asked now is not asked again. */
  async #lookAgain<Answer>(key: string, effect: Effect<Answer>): Promise<Answer | undefined> {
    for (const ms of effect.kind === 'unverifiable' ? [] : PAUSES_MS) {
      const found = await this.#look(key, effect)
      if (found !== undefined) return found
      await new Promise((resolve) => setTimeout(resolve, ms))
    }
    return this.#look(key, effect)
  }

  async #look<Answer>(key: string, effect: Effect<Answer>): Promise<Answer | undefined> {
    const answer = effect.kind === 'unverifiable' ? undefined : await effect.check()
    if (answer !== undefined) this.#settle(key, effect, answer, true)
    return answer
  }

  /** It is done, whatever goes wrong from here on. */
  #settle(key: string, {name}: {name: string}, answer: unknown, found: boolean): void {
    this.done.push(name)
    this.#emit({type: 'effect.done', effect: key, found, answer: toJson(answer)})
  }

  #log(level: 'info' | 'warn', text: string): void {
    this.#emit({type: 'log', level, text})
  }
}

function cutShort({name}: {name: string}): UserError {
  return new UserError(`The run was cut short before the answer to this came: ${name}`, {
    code: 'run.in-doubt',
    exitCode: ExitCode.network,
  })
}

function otherEffect(past: PastEffect, effect: {name: string}): UserError {
  return new UserError(`The run would do something else than when it was begun: '${effect.name}' instead of '${past.name}'`, {
    code: 'run.differs',
    exitCode: ExitCode.commandFailure,
    remedy: 'It is not gone on with. Look at what has been done, and run the command for what is left.',
  })
}
