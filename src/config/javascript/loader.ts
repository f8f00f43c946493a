import {UserError} from '../../model/errors.ts'
import {ExitCode} from '../../model/exit-code.ts'
import type {Json} from '../../model/json.ts'
import {sandboxEntry} from '../../sandbox/javascript/entry.ts'
import {GuestError} from '../../sandbox/javascript/guest-error.ts'
import {JavaScriptSandbox} from '../../sandbox/javascript/sandbox.ts'
import type {JobRecords, ObjectRecord} from '../../schema/records.ts'
import type {EvaluateOptions} from '../evaluate.ts'
import type {InputReader} from '../input-reader.ts'
import type {ConfigLoader, Evaluation} from '../loader.ts'
import {isolateEntry, isolateFiles} from '../location.ts'
import {MAIN, guestLibrary} from './library.ts'
import {moduleReader} from './modules.ts'

/** TypeScript and JavaScript, with the library of `@auroractl/cli/config`: evaluated in an isolate. */
export const javascriptLoader: ConfigLoader = {
  name: 'javascript',
  reads: (file) => /\.(?:[cm]?ts|m?js)$/.test(file),
  load,
}

const LIMIT_MS = 30_000
const HEAP_MB = 256
const RESULT_CHARS = 100_000_000

async function load(reader: InputReader, options: EvaluateOptions): Promise<Evaluation> {
  const sandbox = new JavaScriptSandbox(sandboxEntry(isolateEntry, isolateFiles), {maxMessageBytes: 256 << 20})
  const stop = (): void => sandbox.stop()
  options.signal?.addEventListener('abort', stop, {once: true})
  try {
    options.signal?.throwIfAborted()
    return taken(await run(sandbox, reader, options), reader, options)
  } catch (error) {
    options.signal?.throwIfAborted()
    throw error instanceof GuestError ? failed(reader, options, error) : error
  } finally {
    options.signal?.removeEventListener('abort', stop)
    sandbox.stop()
  }
}

async function run(sandbox: JavaScriptSandbox, reader: InputReader, options: EvaluateOptions): Promise<Json | undefined> {
  const limitMs = options.limitMs ?? LIMIT_MS
  const library = await guestLibrary(reader.environment)
  const program = {isolate: 'config', heapMb: HEAP_MB, name: reader.main.shown, entry: MAIN, library, read: moduleReader(reader)}
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
function taken(answer: Json | undefined, reader: InputReader, {onOutput}: EvaluateOptions): Evaluation {
  const {objects, jobs, files, asked, used, printed} = (answer ?? {}) as Record<string, Json>
  if (
    !isListOf(asked, 'string') ||
    !isListOf(used, 'string') ||
    !isListOf(files, 'string') ||
    !isListOf(jobs, 'number') ||
    !Array.isArray(objects)
  )
    throw refused(`${reader.main.shown}: it broke the code that runs it`, 'config.records')
  for (const name of asked) reader.variable(name)
  for (const each of used) if (each === 'time' || each === 'random') reader.uses(each)
  if (typeof printed === 'string' && printed !== '') onOutput?.(printed)
  const records: JobRecords = {types: [], objects: objects as ObjectRecord[], jobs, files}
  return {records, warnings: [], hooks: []}
}

function isListOf<Kind extends 'string' | 'number'>(json: Json | undefined, kind: Kind): json is {string: string; number: number}[Kind][] {
  return Array.isArray(json) && json.every((item) => typeof item === kind)
}

function failed({main}: InputReader, {limitMs = LIMIT_MS}: EvaluateOptions, {kind, location, message}: GuestError): UserError {
  if (kind === 'cpu' || kind === 'timeout')
    return refused(`${main.shown} did not end within ${limitMs / 1000} s`, 'config.timeout', 'Look for a loop that never ends.')
  if (kind === 'memory') return refused(`${main.shown} used more than ${HEAP_MB} MB of memory`, 'config.memory')
  if (kind === 'load' && message.includes(main.shown)) return refused(message, 'config.javascript')
  return refused(`${location ?? main.shown}: ${message}`, kind === 'crash' ? 'config.lost' : 'config.javascript')
}

function refused(message: string, code: string, remedy?: string): UserError {
  return new UserError(message, {code, exitCode: ExitCode.invalidConfiguration, ...(remedy === undefined ? {} : {remedy})})
}
