import {lstatSync, readFileSync} from 'node:fs'
import {UserError} from '../../model/errors.ts'
import type {RunEnd, RunEvent} from '../../model/events.ts'
import {ExitCode} from '../../model/exit-code.ts'
import {assureOwn, journalFile, listRuns} from './folder.ts'
import type {JournalHeader} from './header.ts'
import {isAlive} from './process-identity.ts'

export type RecordedEvent = RunEvent & {at: string}

/** One process that worked on a run. */
export interface Attempt {
  header: JournalHeader
  events: readonly RecordedEvent[]
}

/**
 * How a run is or ended: as its outcome; `interrupted` when the user stopped it, or when its process is gone without having
 * said how it ended; `running`; `elsewhere` when it has not said how it ended, and its process is one of another machine.
 */
export type RunStatus = 'applied' | 'partly' | 'not-applied' | 'unknown' | 'interrupted' | 'running' | 'elsewhere'

export interface RecordedRun {
  id: string
  /** The first one, and one for each resume. */
  attempts: readonly [Attempt, ...Attempt[]]
  status: RunStatus
  end: RunEnd | undefined
}

const MAX_BYTES = 64 << 20

/** Reads what is recorded of a run. @throws UserError when there is none, when it is not the user's own, or when it is damaged */
export function readRun(folder: string, id: string): RecordedRun {
  const count = listRuns(folder).get(id)
  if (count === undefined) {
    throw new UserError(`No run '${id}' is recorded`, {code: 'run.missing', remedy: "See 'aurora runs list'; only the newest are kept."})
  }
  const [first, ...later] = Array.from({length: count}, (_, index) => readAttempt(journalFile(folder, id, index + 1)))
  if (!first) throw damaged(folder, 'it has no beginning')
  return {id, attempts: [first, ...later], ...statusOf(later.at(-1) ?? first)}
}

function statusOf({header, events}: Attempt): {status: RunStatus; end: RunEnd | undefined} {
  const last = events.findLast((event) => event.type === 'run.finished')
  if (last) return {status: last.end?.code === 'interrupted' ? 'interrupted' : (last.status as RunStatus), end: last.end}
  const alive = isAlive(header.process)
  return {status: alive === undefined ? 'elsewhere' : alive ? 'running' : 'interrupted', end: undefined}
}

function readAttempt(path: string): Attempt {
  const [first = '', ...rest] = linesOf(path)
  const header = parse(path, first)
  if (!isHeader(header)) throw damaged(path, 'its first line is none of ours')
  return {header, events: rest.map((line) => eventOf(path, line))}
}

/** A line without an end is one that was being written when the process was killed. */
function linesOf(path: string): string[] {
  try {
    assureOwn(path)
    if (!lstatSync(path).isFile()) throw damaged(path, 'it is no file')
    if (lstatSync(path).size > MAX_BYTES) throw damaged(path, 'it is too large')
    return readFileSync(path, 'utf8').split('\n').slice(0, -1)
  } catch (cause) {
    if (cause instanceof UserError) throw cause
    throw damaged(path, cause instanceof Error ? cause.message : String(cause), cause)
  }
}

function parse(path: string, line: string): object {
  try {
    const value: unknown = JSON.parse(line)
    if (typeof value === 'object' && value !== null) return value
  } catch (cause) {
    throw damaged(path, 'a line of it is no JSON', cause)
  }
  throw damaged(path, 'a line of it is no object')
}

function isHeader(value: object): value is JournalHeader {
  const {type, format, command, argv, cwd, salt, operation, nth, process} = value as Partial<JournalHeader>
  const isWord = (word: unknown) =>
    typeof word === 'string' || (typeof word === 'object' && word !== null && 'name' in word && 'digest' in word)
  return (
    type === 'journal' &&
    format === 1 &&
    [command, cwd, salt, operation].every((text) => typeof text === 'string') &&
    typeof nth === 'number' &&
    typeof process?.pid === 'number' &&
    Array.isArray(argv) &&
    argv.every(isWord)
  )
}

/** What a resume relies on must be there; kinds that a later version adds do not matter. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  'effect.intended': ['effect', 'name', 'findOut'],
  'effect.done': ['effect'],
  'effect.failed': ['effect'],
  'effect.in-doubt': ['effect'],
  'step.found': ['key'],
  'hooks.saw': ['key'],
  'run.finished': ['status'],
}

function eventOf(path: string, line: string): RecordedEvent {
  const event = parse(path, line) as Record<string, unknown>
  const fields = ['at', 'type', ...(NEEDED[String(event['type'])] ?? [])]
  if (!fields.every((field) => typeof event[field] === 'string')) throw damaged(path, 'a line of it is none of ours')
  return event as unknown as RecordedEvent
}

function damaged(path: string, why: string, cause?: unknown): UserError {
  return new UserError(`The record of a run is damaged: ${path}: ${why}`, {
    code: 'run.damaged',
    exitCode: ExitCode.invalidConfiguration,
    remedy: 'Nothing can be gone on with from there. Look at what has been done, and remove the file.',
    cause,
  })
}
