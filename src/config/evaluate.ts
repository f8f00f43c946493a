import {UserError} from '../model/errors.ts'
import type {Json} from '../model/json.ts'
import {type ChildOptions, takeChild} from './child-process.ts'
import {isExported, isHandedOver} from './handed-over.ts'
import type {InputReader} from './input-reader.ts'
import {evaluateModule} from './javascript/evaluate-module.ts'
import type {ForeignRecords} from './javascript/guest/reader.ts'
import {isModule} from './javascript/modules.ts'
import {type CurrentHost, LiveConfig} from './live-config.ts'
import type {Evaluation, LiveEvaluation} from './loader.ts'
import {childFailed, interpreterLost, pythonFailed} from './failure.ts'
import type {ChildRequest, EvaluateAnswer, EvaluateRequest, IncludeAnswer, OpenAnswer, PythonSource} from './protocol.ts'
import {LIMIT_MS} from './refused.ts'
import type {SourceFile} from './source-file.ts'
import {SYSTEM_ERRORS} from './system-errors.ts'

export interface EvaluateOptions extends ChildOptions {
  /** The most time for the evaluation. */
  readonly limitMs?: number
  readonly signal?: AbortSignal
  /** The files that wait for this one, which they include. */
  readonly open?: readonly string[]
  /** Evaluates a Python file that a TypeScript file imports. */
  readonly pythonExports?: (reader: InputReader, options: EvaluateOptions) => Promise<ForeignRecords>
  /** What the file prints. */
  readonly onOutput?: (text: string) => void
}

const BROKEN = 'it broke the code that runs it'
/** What a program that was asked to stop has for that, before it is stopped. */
const GRACE_MS = 1_000

/** Runs a Python configuration in the sandbox. @throws UserError (exit 3) */
export async function evaluatePython(reader: InputReader, options: EvaluateOptions): Promise<Evaluation> {
  const {records, warnings, hooks} = await evaluateWith(reader, options)
  return {records, warnings, hooks}
}

/** The same, and keeps the live objects if there are hooks among them. @throws UserError (exit 3) */
export async function evaluatePythonLive(reader: InputReader, options: EvaluateOptions): Promise<LiveEvaluation> {
  const {records, warnings, hooks, live} = await evaluateWith(reader, {...options, keep: true})
  return {evaluation: {records, warnings, hooks}, ...(live ? {live} : {})}
}

interface HowToEvaluate extends EvaluateOptions {
  readonly after?: string
  readonly keep?: boolean
}

/** The same, and then a program in the file's namespace, whose `answer` comes back. */
export async function evaluateWith(
  reader: InputReader,
  options: HowToEvaluate,
): Promise<Evaluation & {answer: unknown; live: LiveConfig | undefined}> {
  const {answer, live} = await askChild(reader, options)
  if (answer.kind === 'lost') throw interpreterLost(reader, answer.reason)
  if (answer.kind === 'failed') throw pythonFailed(reader, options.limitMs ?? LIMIT_MS, answer)
  if (!isHandedOver(answer)) throw interpreterLost(reader, BROKEN)
  const {types, objects, jobs, files, hooks, used} = answer
  for (const each of used) reader.uses(each)
  const warnings = answer.warnings.map(([file, line, message]) => ({path: '', message, place: {file, line}}))
  return {records: {types, objects, jobs, files}, warnings, hooks, answer: answer.answer, live}
}

const EXPORTS = 'import aurora_config\nanswer = aurora_config.exports()'

/** What a Python file defines by name, for a file in another language that imports it. @throws UserError (exit 3) */
export async function pythonExports(reader: InputReader, options: EvaluateOptions): Promise<ForeignRecords> {
  const {records, answer} = await evaluateWith(reader, {...options, after: EXPORTS})
  if (!isExported(answer)) throw interpreterLost(reader, BROKEN)
  return {types: records.types, objects: answer.objects, exports: answer.exports}
}

async function askChild(reader: InputReader, options: HowToEvaluate): Promise<{answer: EvaluateAnswer; live: LiveConfig | undefined}> {
  const {limitMs = LIMIT_MS, keep = false} = options
  const current: CurrentHost = {}
  const child = takeChild(options, (request) => answerChild(reader, options, current, request as unknown as ChildRequest))
  let live: LiveConfig | undefined
  const stop = (): void => child.stop()
  options.signal?.addEventListener('abort', stop, {once: true})
  try {
    options.signal?.throwIfAborted()
    // The limit is the file's: Python may take its time to start on a busy machine.
    await child.request(null)
    const request: EvaluateRequest = {
      file: asSource(reader.main),
      directory: reader.directory,
      environment: reader.environment,
      limitMs,
      keep,
      ...(options.after === undefined ? {} : {after: options.after}),
    }
    const answer = (await child.request(request as unknown as Json, {wallMilliseconds: limitMs + GRACE_MS})) as unknown as EvaluateAnswer
    if (keep && answer.kind === 'evaluated' && isHandedOver(answer) && answer.hooks.length > 0)
      live = new LiveConfig(child, current, reader)
    return {answer, live}
  } catch (error) {
    options.signal?.throwIfAborted()
    throw childFailed(reader, limitMs, error)
  } finally {
    options.signal?.removeEventListener('abort', stop)
    if (!live) child.stop()
  }
}

function answerChild(reader: InputReader, options: EvaluateOptions, {host}: CurrentHost, request: ChildRequest): Json | Promise<Json> {
  switch (request[0]) {
    case 'include':
      return include(reader, request[1], request[2], options) as unknown as Promise<Json>
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
      if (host) host.output(request[2])
      else options.onOutput?.(request[2])
      return null
    case 'hook':
      if (!host) throw new Error('no hook is asked now')
      return host.use(request[1], request.slice(2))
  }
}

function asSource({path, shown, bytes}: SourceFile): PythonSource {
  return {path, shown, bytes: bytes.toString('latin1')}
}

/** Another Python file, or what a TypeScript file exports. */
async function include(reader: InputReader, path: string, includer: string, options: EvaluateOptions): Promise<IncludeAnswer> {
  const found = reader.include(path, includer)
  if (typeof found === 'string') return {errno: [...(SYSTEM_ERRORS[found] ?? [5, found]), path]}
  if (/\.ya?ml$/.test(found.path)) return {failed: `${found.shown} is YAML; Python and TypeScript can be included`}
  if (!isModule(found.path)) return asSource(found)
  const open = [...(options.open ?? []), reader.main.path, includer]
  if (open.includes(found.path)) return {failed: `${found.shown} includes itself`}
  try {
    const {records, exports} = await evaluateModule(reader, found, 'exports', {...options, open, pythonExports})
    return {objects: records.objects, exports}
  } catch (error) {
    if (error instanceof UserError) return {failed: error.message}
    throw error
  }
}

function open(reader: InputReader, path: string): OpenAnswer {
  const found = reader.open(path)
  if (typeof found === 'string') return found
  return 'entries' in found ? {entries: found.entries} : {bytes: found.bytes.toString('latin1')}
}
