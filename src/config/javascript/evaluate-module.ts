import type {UserError} from '../../model/errors.ts'
import type {Json} from '../../model/json.ts'
import {GuestError} from '../../sandbox/javascript/guest-error.ts'
import type {JobRecords, ObjectRecord} from '../../schema/records.ts'
import type {EvaluateOptions} from '../evaluate.ts'
import type {InputReader} from '../input-reader.ts'
import {refused} from '../refused.ts'
import type {SourceFile} from '../source-file.ts'
import {runInIsolate} from './isolate.ts'
import {MAIN, type Wanted, guestLibrary} from './library.ts'
import {moduleReader} from './modules.ts'
import {told} from './told.ts'

/** What a file made, as records. */
interface Made {
  readonly records: JobRecords
  /** What it exports, by name. */
  readonly exports: readonly Json[]
}

/** Runs a file of TypeScript or JavaScript in an isolate. @throws UserError (exit 3) */
export async function evaluateModule(reader: InputReader, file: SourceFile, wanted: Wanted, options: EvaluateOptions): Promise<Made> {
  const library = await guestLibrary(reader.environment, wanted)
  const program = {isolate: 'config', name: file.shown, entry: MAIN, library, read: moduleReader(reader, file, options)}
  try {
    return taken(await runInIsolate(file.shown, program, options), reader, file, options)
  } catch (error) {
    throw error instanceof GuestError ? failed(file, error) : error
  }
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

function failed({shown}: SourceFile, {kind, location, message}: GuestError): UserError {
  if (kind === 'load' && message.includes(shown)) return refused(message, 'config.javascript')
  if (kind === 'crash') return refused(`${location ?? shown}: ${message}`, 'config.lost')
  const {place = location ?? shown, message: what, remedy} = told(message)
  return refused(`${place}: ${what}`, 'config.javascript', remedy)
}
