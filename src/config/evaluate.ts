import {UserError} from '../model/errors.ts'
import {ExitCode} from '../model/exit-code.ts'
import type {Json} from '../model/json.ts'
import {SandboxError} from '../sandbox/child/sandbox-error.ts'
import {INTERNAL_FILE} from '../sandbox/python/bootstrap.ts'
import {MAX_MEMORY_BYTES} from '../sandbox/python/interpreter.ts'
import type {JobRecords} from '../schema/records.ts'
import {type ChildOptions, takeChild} from './child-process.ts'
import type {InputReader} from './input-reader.ts'
import type {Evaluation} from './loader.ts'
import type {ChildRequest, EvaluateAnswer, EvaluateRequest, IncludeAnswer, OpenAnswer, PythonSource} from './protocol.ts'
import {pythonRemedy} from './remedy.ts'
import type {SourceFile} from './source-file.ts'
import {SYSTEM_ERRORS} from './system-errors.ts'

export interface EvaluateOptions extends ChildOptions {
  /** The most time for the evaluation. */
  readonly limitMs?: number
  readonly signal?: AbortSignal
  /** What the file prints. */
  readonly onOutput?: (text: string) => void
}

const LIMIT_MS = 30_000

/** Runs a Python configuration in the sandbox. @throws UserError (exit 3) */
export async function evaluatePython(reader: InputReader, options: EvaluateOptions): Promise<Evaluation> {
  return {records: (await evaluateWith(reader, options)).records, warnings: [], hooks: []}
}

/** The same, and then a program in the file's namespace, whose `answer` comes back. */
export async function evaluateWith(
  reader: InputReader,
  options: EvaluateOptions & {after?: string},
): Promise<{records: JobRecords; answer: unknown}> {
  const answer = await askChild(reader, options)
  if (answer.kind === 'evaluated') {
    const {types, objects, jobs, used} = answer
    for (const each of used) reader.uses(each)
    return {records: {types, objects, jobs}, answer: answer.answer}
  }
  if (answer.kind === 'lost') throw failed(`${reader.main.shown}: ${answer.reason}`, 'config.lost')
  throw pythonFailed(reader, answer)
}

async function askChild(reader: InputReader, options: EvaluateOptions & {after?: string}): Promise<EvaluateAnswer> {
  const child = takeChild(options, (request) => answerChild(reader, options, request as unknown as ChildRequest))
  const stop = (): void => child.stop()
  options.signal?.addEventListener('abort', stop, {once: true})
  try {
    options.signal?.throwIfAborted()
    const request: EvaluateRequest = {
      file: asSource(reader.main),
      directory: reader.directory,
      environment: reader.environment,
      ...(options.after === undefined ? {} : {after: options.after}),
    }
    return (await child.request(request as unknown as Json, {wallMilliseconds: options.limitMs ?? LIMIT_MS})) as unknown as EvaluateAnswer
  } catch (error) {
    options.signal?.throwIfAborted()
    throw childFailed(reader, options, error)
  } finally {
    options.signal?.removeEventListener('abort', stop)
    child.stop()
  }
}

function answerChild(reader: InputReader, options: EvaluateOptions, request: ChildRequest): Json {
  switch (request[0]) {
    case 'include':
      return include(reader, request[1], request[2]) as unknown as Json
    case 'stat':
      return reader.stat(request[1], request[2]) as unknown as Json
    case 'link':
      return reader.link(request[1])
    case 'open':
      return open(reader, request[1]) as unknown as Json
    case 'hostname':
      return reader.hostname()
    case 'variable':
      reader.variable(request[1])
      return null
    case 'output':
      options.onOutput?.(request[2])
      return null
  }
}

function asSource({path, shown, bytes}: SourceFile): PythonSource {
  return {path, shown, bytes: bytes.toString('latin1')}
}

function include(reader: InputReader, path: string, includer: string): IncludeAnswer {
  const found = reader.include(path, includer)
  return typeof found === 'string' ? {errno: [...(SYSTEM_ERRORS[found] ?? [5, found]), path]} : asSource(found)
}

function open(reader: InputReader, path: string): OpenAnswer {
  const found = reader.open(path)
  if (typeof found === 'string') return found
  return 'entries' in found ? {entries: found.entries} : {bytes: found.bytes.toString('latin1')}
}

function childFailed(reader: InputReader, {limitMs = LIMIT_MS}: EvaluateOptions, error: unknown): unknown {
  if (!(error instanceof SandboxError)) return error
  const file = reader.main.shown
  if (error.kind === 'timeout')
    return failed(`${file} did not end within ${limitMs / 1000} s`, 'config.timeout', 'Look for a loop that never ends.')
  if (error.kind === 'memory') return failed(`${file} used too much memory`, 'config.memory')
  return failed(`${file} could not be evaluated: ${error.message}`, 'config.lost')
}

/** The traceback as Python prints it, of the user's files alone. */
function pythonFailed(reader: InputReader, answer: Extract<EvaluateAnswer, {kind: 'failed'}>): UserError {
  const {type, message, traceback} = answer
  const last = answer.frames.findLast(({file}) => !file.startsWith(INTERNAL_FILE))
  if (type === 'MemoryError') {
    const why = message === '' ? ` used more than ${MAX_MEMORY_BYTES >> 20} MB of memory` : `: ${message}`
    return failed(`${reader.main.shown}${why}${last ? ` (${last.file}, line ${last.line})` : ''}`, 'config.memory')
  }
  const [firstLine] = message.split('\n')
  const summary = `${last ? `${last.file}:${last.line}` : reader.main.shown}: ${type}${firstLine ? `: ${firstLine}` : ''}`
  const text = last ? `${summary}\n${traceback.replace(/^Traceback .*\n/, '').trimEnd()}` : `${reader.main.shown}: ${type}: ${message}`
  const outside = type === 'PermissionError' && message.startsWith('[Errno 13] Permission denied') && reader.denied.size > 0
  return failed(text, 'config.python', outside ? outsideRemedy(reader) : pythonRemedy(type, message, last?.source ?? ''))
}

function outsideRemedy({roots}: InputReader): string {
  return `A configuration may read what is in ${roots.join(' and ')}; AURORA_READ_ROOTS can name more folders.`
}

function failed(message: string, code: string, remedy?: string): UserError {
  return new UserError(message, {code, exitCode: ExitCode.invalidConfiguration, ...(remedy === undefined ? {} : {remedy})})
}
