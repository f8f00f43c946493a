import {existsSync, realpathSync} from 'node:fs'
import {basename, isAbsolute} from 'node:path'
import type {UserError} from '../model/errors.ts'
import {SandboxError} from '../sandbox/child/sandbox-error.ts'
import {INTERNAL_FILE} from '../sandbox/python/bootstrap.ts'
import {MAX_MEMORY_BYTES} from '../sandbox/python/interpreter.ts'
import type {InputReader} from './input-reader.ts'
import type {EvaluateAnswer, FailedFrame} from './protocol.ts'
import {overdue, refused} from './refused.ts'
import {pythonRemedy} from './remedy.ts'
import type {SourceFile} from './source-file.ts'

/** Python's own library. */
const LIBRARY = '/lib/python'

/** The process that evaluates is lost. */
export function childFailed(reader: InputReader, limitMs: number, error: unknown): unknown {
  if (!(error instanceof SandboxError)) return error
  const file = reader.main.shown
  if (error.kind === 'timeout') return overdue(file, limitMs)
  if (error.kind === 'memory') return refused(`${file} used too much memory`, 'config.memory')
  return refused(`${file} could not be evaluated: ${error.message}`, 'config.lost')
}

export function interpreterLost(reader: InputReader, reason: string): UserError {
  return refused(`${reader.main.shown}: ${reason}`, 'config.lost')
}

/** The place and what is wrong, then the way there through the user's files as Python shows it. */
export function pythonFailed(reader: InputReader, limitMs: number, answer: Extract<EvaluateAnswer, {kind: 'failed'}>): UserError {
  const {type, message} = answer
  const raised = answer.frames.findLast(({file}) => !file.startsWith(INTERNAL_FILE) && !file.startsWith(LIBRARY))
  const last = raised ?? assignment(reader.main, message)
  const place = last ? ` (${last.file}, line ${last.line})` : ''
  if (answer.overdue) return overdue(reader.main.shown, limitMs, place)
  if (type === 'MemoryError') {
    const why = message === '' ? ` used more than ${MAX_MEMORY_BYTES >> 20} MB of memory` : `: ${message}`
    return refused(
      `${reader.main.shown}${why}${place}`,
      'config.memory',
      'Look for what grows without end; in Python 3, jobs += map(…, jobs) does.',
    )
  }
  const [firstLine] = message.split('\n')
  const summary = `${last ? `${last.file}:${last.line}` : reader.main.shown}: ${type}${firstLine ? `: ${firstLine}` : ''}`
  const way = raised
    ? answer.traceback.replace(/^Traceback .*\n/, '').trimEnd()
    : last && `  File "${last.file}", line ${last.line}\n    ${last.source}`
  const outside = type === 'PermissionError' && message.startsWith('[Errno 13] Permission denied') && reader.denied.size > 0
  const remedy = outside ? outsideRemedy(reader, message) : pythonRemedy(type, message, last?.source ?? '')
  return refused(way ? `${summary}\n${way}` : summary, 'config.python', remedy)
}

/** Where a file says what its `jobs` or `hooks` are, when the error is about them. */
function assignment({shown, text}: SourceFile, message: string): FailedFrame | undefined {
  const name = /^(jobs|hooks)\b/.exec(message)?.[1]
  const lines = text.split('\n')
  const index = lines.findLastIndex((line) => name !== undefined && new RegExp(`^\\s*${name}\\b`).test(line))
  const source = lines[index]
  return source === undefined ? undefined : {file: shown, line: index + 1, source: source.trim().slice(0, 1000)}
}

function outsideRemedy({roots, denied}: InputReader, message: string): string {
  const given = /'(.+)'$/.exec(message)?.[1]
  const meant = given !== undefined && !isAbsolute(given) && [...denied].findLast((path) => basename(path) === basename(given))
  // The path may lie inside all the same, and be a link.
  return `${meant ? `It is ${realOf(meant)}. ` : ''}A configuration may read what is in ${roots.join(' and ')}; AURORA_READ_ROOTS can name more folders.`
}

function realOf(path: string): string {
  return existsSync(path) ? realpathSync(path) : path
}
