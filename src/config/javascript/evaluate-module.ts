import {UserError} from '../../model/errors.ts'
import {ExitCode} from '../../model/exit-code.ts'
import type {Json} from '../../model/json.ts'
import {sandboxEntry} from '../../sandbox/javascript/entry.ts'
import {GuestError} from '../../sandbox/javascript/guest-error.ts'
import {JavaScriptSandbox} from '../../sandbox/javascript/sandbox.ts'
import type {JobRecords, ObjectRecord} from '../../schema/records.ts'
import type {EvaluateOptions} from '../evaluate.ts'
import type {InputReader} from '../input-reader.ts'
import {isolateEntry, isolateFiles} from '../location.ts'
import type {SourceFile} from '../source-file.ts'
import {MAIN, type Wanted, guestLibrary} from './library.ts'
import {moduleReader} from './modules.ts'

const LIMIT_MS = 30_000
const HEAP_MB = 256
const RESULT_CHARS = 100_000_000

/** What a file made, as records. */
interface Made {
  readonly records: JobRecords
  /** What it exports, by name. */
  readonly exports: readonly Json[]
}

/** Runs a file of TypeScript or JavaScript in an isolate. @throws UserError (exit 3) */
export async function evaluateModule(reader: InputReader, file: SourceFile, wanted: Wanted, options: EvaluateOptions): Promise<Made> {
  const sandbox = new JavaScriptSandbox(sandboxEntry(isolateEntry, isolateFiles), {maxMessageBytes: 256 << 20})
  const stop = (): void => sandbox.stop()
  options.signal?.addEventListener('abort', stop, {once: true})
  try {
    options.signal?.throwIfAborted()
    return taken(await run(sandbox, reader, file, wanted, options), reader, file, options)
  } catch (error) {
    options.signal?.throwIfAborted()
    throw error instanceof GuestError ? failed(file, options, error) : error
  } finally {
    options.signal?.removeEventListener('abort', stop)
    sandbox.stop()
  }
}

async function run(
  sandbox: JavaScriptSandbox,
  reader: InputReader,
  file: SourceFile,
  wanted: Wanted,
  options: EvaluateOptions,
): Promise<Json | undefined> {
  const limitMs = options.limitMs ?? LIMIT_MS
  const library = await guestLibrary(reader.environment, wanted)
  const program = {isolate: 'config', heapMb: HEAP_MB, name: file.shown, entry: MAIN, library, read: moduleReader(reader, file, options)}
  const {answer} = await sandbox.run(program, {
    view: {},
    state: {},
    functions: {},
    log: () => {},
    cpuMs: limitMs,
    wallMs: limitMs,
    resultChars: RESULT_CHARS,
  })
  return answer
}

/** What comes out of the isolate is untrusted: its shape is looked at here, the records when they are read. */
function taken(answer: Json | undefined, reader: InputReader, {shown}: SourceFile, {onOutput}: EvaluateOptions): Made {
  const {objects, jobs, files, asked, used, printed, exports = []} = (answer ?? {}) as Record<string, Json>
  if (
    !isListOf(asked, 'string') ||
    !isListOf(used, 'string') ||
    !isListOf(files, 'string') ||
    !isListOf(jobs, 'number') ||
    !Array.isArray(objects) ||
    !Array.isArray(exports)
  )
    throw refused(`${shown}: it broke the code that runs it`, 'config.records')
  for (const name of asked) reader.variable(name)
  for (const each of used) if (each === 'time' || each === 'random') reader.uses(each)
  if (typeof printed === 'string' && printed !== '') onOutput?.(printed)
  return {records: {types: [], objects: objects as ObjectRecord[], jobs, files}, exports}
}

function isListOf<Kind extends 'string' | 'number'>(json: Json | undefined, kind: Kind): json is {string: string; number: number}[Kind][] {
  return Array.isArray(json) && json.every((item) => typeof item === kind)
}

function failed({shown}: SourceFile, {limitMs = LIMIT_MS}: EvaluateOptions, {kind, location, message}: GuestError): UserError {
  if (kind === 'cpu' || kind === 'timeout')
    return refused(`${shown} did not end within ${limitMs / 1000} s`, 'config.timeout', 'Look for a loop that never ends.')
  if (kind === 'memory') return refused(`${shown} used more than ${HEAP_MB} MB of memory`, 'config.memory')
  if (kind === 'load' && message.includes(shown)) return refused(message, 'config.javascript')
  return refused(`${location ?? shown}: ${message}`, kind === 'crash' ? 'config.lost' : 'config.javascript')
}

function refused(message: string, code: string, remedy?: string): UserError {
  return new UserError(message, {code, exitCode: ExitCode.invalidConfiguration, ...(remedy === undefined ? {} : {remedy})})
}
