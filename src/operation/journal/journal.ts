import {closeSync, fdatasyncSync, linkSync, openSync, rmSync, writeSync} from 'node:fs'
import {UserError} from '../../model/errors.ts'
import type {RunEvent} from '../../model/events.ts'
import {ExitCode} from '../../model/exit-code.ts'
import type {Json} from '../../model/json.ts'
import type {PastRun, RunRecord} from '../run-record.ts'
import {journalFile, prepareFolder, pruneRuns} from './folder.ts'
import type {JournalHeader, RunDescription} from './header.ts'
import {ownIdentity} from './process-identity.ts'
import {boundValues, recordedWords} from './recorded-words.ts'
import {randomSalt, seal} from './seal.ts'

export interface JournalOptions {
  folder: string
  description: RunDescription
  /** Takes what is secret out of a text from elsewhere: a hook, a scheduler. */
  mask: (text: string) => string
  warn: (text: string) => void
  /** The run that is resumed: its salt, and what its attempts so far have recorded. */
  resumed?: {salt: string; attempt: number; past: PastRun}
}

/** Events that show a run, and are no part of what it did. */
const PASSING: ReadonlySet<RunEvent['type']> = new Set(['log', 'progress', 'hook.started'])
/** Events with words of others. */
const FOREIGN: ReadonlySet<RunEvent['type']> = new Set([
  'hook.finished',
  'hook.failed',
  'hook.power',
  'effect.done',
  'effect.failed',
  'effect.in-doubt',
  'run.finished',
])

/**
 * Writes down what happens in a run, a line of JSON an event, each with one append: what has happened is in the file even if the
 * process is killed the moment after. Nothing is written of a run that only looks and asks no hook.
 */
export class Journal implements RunRecord {
  readonly past?: PastRun
  readonly #options: JournalOptions
  readonly #salt: () => string
  /** Events come before the file does. */
  readonly #begun = new Date().toISOString()
  #waiting: string[] = []
  #file: number | undefined
  #off = false
  #broken: unknown

  constructor(options: JournalOptions) {
    this.#options = options
    if (options.resumed) this.past = options.resumed.past
    let salt = options.resumed?.salt
    this.#salt = () => (salt ??= randomSalt())
  }

  hear(event: RunEvent): void {
    if (PASSING.has(event.type) || this.#off || this.#broken !== undefined) return
    this.#waiting.push(this.#line(event))
    if (this.#file === undefined && !isWorthWriting(event)) return
    try {
      this.#file ??= this.#open()
      writeSync(this.#file, this.#waiting.join(''))
      this.#waiting = []
      // What is about to be changed is on the disk first, whatever befalls the machine.
      if (event.type === 'effect.intended') fdatasyncSync(this.#file)
    } catch (error) {
      this.#fail(error)
    }
  }

  /** A run that was never recorded is none the worse; one of which a part is missing must do nothing more that is not in it. */
  #fail(error: unknown): void {
    if (this.#file !== undefined) {
      this.#broken = error
      return
    }
    this.#off = true
    this.#options.warn(`The run is not recorded, and cannot be resumed: ${error instanceof Error ? error.message : String(error)}`)
  }

  seal(value: Json): string {
    return seal(this.#salt(), value)
  }

  /** Creates the file of a run that is resumed. @throws UserError when another process resumes it, or when it cannot be written */
  begin(): void {
    this.#file = this.#open()
  }

  assureWritten(): void {
    if (this.#broken === undefined) return
    const {folder, description} = this.#options
    const cause = this.#broken
    throw new UserError(`What the run does cannot be recorded: ${cause instanceof Error ? cause.message : String(cause)}`, {
      code: 'run.not-recorded',
      exitCode: ExitCode.commandFailure,
      remedy: `The record of ${description.run} is in ${folder}; AURORA_STATE_DIR names another folder.`,
      cause,
    })
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file)
    this.#file = undefined
  }

  #line(event: RunEvent): string {
    const masked = FOREIGN.has(event.type)
      ? (_: string, value: unknown) => (typeof value === 'string' ? this.#masked(value) : value)
      : undefined
    return `${JSON.stringify({at: new Date().toISOString(), ...event}, masked)}\n`
  }

  #masked(text: string): string {
    const {mask, description} = this.#options
    return boundValues(description.argv).reduce((masked, value) => masked.replaceAll(value, '***'), mask(text))
  }

  /** An attempt's file appears with its first line in it, and only for one of those who want it. */
  #open(): number {
    const {folder, description, resumed} = this.#options
    const attempt = resumed?.attempt ?? 1
    const path = journalFile(folder, description.run, attempt)
    const draft = `${path}.${process.pid}.draft`
    prepareFolder(folder)
    const file = openSync(draft, 'ax', 0o600)
    try {
      writeSync(file, `${JSON.stringify(this.#header(attempt))}\n`)
      linkSync(draft, path)
    } catch (error) {
      closeSync(file)
      throw error instanceof Error && 'code' in error && error.code === 'EEXIST' ? resumedElsewhere(description.run) : error
    } finally {
      rmSync(draft, {force: true})
    }
    if (attempt === 1) pruneRuns(folder, Date.now())
    return file
  }

  #header(attempt: number): JournalHeader {
    const {argv, ...description} = this.#options.description
    const salt = this.#salt()
    const words = recordedWords(argv, (value) => seal(salt, value))
    return {
      type: 'journal',
      format: 1,
      ...description,
      attempt,
      argv: words,
      cwd: process.cwd(),
      process: ownIdentity(),
      salt,
      at: this.#begun,
    }
  }
}

/** Before that a run has changed nothing, and nobody has decided anything. */
function isWorthWriting(event: RunEvent): boolean {
  switch (event.type) {
    case 'step.started':
      return event.acting
    case 'hook.finished':
    case 'hook.failed':
    case 'hooks.skipped':
      return true
    default:
      return false
  }
}

function resumedElsewhere(run: string): UserError {
  return new UserError(`The run ${run} is being resumed by another process`, {
    code: 'run.running',
    exitCode: ExitCode.commandFailure,
    remedy: `See 'aurora runs show ${run}'.`,
  })
}
