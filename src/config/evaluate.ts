import {UserError} from '../model/errors.ts'
import {ExitCode} from '../model/exit-code.ts'
import type {Json} from '../model/json.ts'
import {SandboxError} from '../sandbox/child/sandbox-error.ts'
import {INTERNAL_FILE} from '../sandbox/python/bootstrap.ts'
import {MAX_MEMORY_BYTES} from '../sandbox/python/interpreter.ts'
import type {JobRecords} from '../schema/records.ts'
import {type ChildOptions, takeChild} from './child-process.ts'
import type {InputReader, ReadOptions} from './inputs.ts'
import type {Evaluation} from './loader.ts'
import {withLoginName} from './login-name.ts'
import type {ChildRequest, EvaluateAnswer, EvaluateRequest} from './protocol.ts'
import {pythonRemedy} from './remedy.ts'

export interface EvaluateOptions extends ChildOptions, ReadOptions {
  /** What the file finds in `os.environ`; without it, the environment of this process. */
  readonly env?: Readonly<Record<string, string | undefined>>
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
    const {types, objects, jobs} = answer
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
      file: reader.main,
      environment: withLoginName(present(options.env ?? process.env)),
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
      return reader.include(request[1], request[2]) as unknown as Json
    case 'read':
      return reader.read(request[1]) as unknown as Json
    case 'variable':
      if (request[1] === null) reader.inputs.all = true
      else reader.inputs.variables.add(request[1])
      return null
    case 'output':
      options.onOutput?.(request[2])
      return null
  }
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
  const text = last ? traceback.trimEnd() : `${reader.main.shown}: ${type}: ${message}`
  return failed(text, 'config.python', pythonRemedy(type, message))
}

function failed(message: string, code: string, remedy?: string): UserError {
  return new UserError(message, {code, exitCode: ExitCode.invalidConfiguration, ...(remedy === undefined ? {} : {remedy})})
}

function present(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined))
}
