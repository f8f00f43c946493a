import {UserError} from '../model/errors.ts'
import {ExitCode} from '../model/exit-code.ts'
import type {Json} from '../model/json.ts'
import {sandboxEntry} from '../sandbox/javascript/entry.ts'
import {GuestError} from '../sandbox/javascript/guest-error.ts'
import {type GuestProgram, JavaScriptSandbox} from '../sandbox/javascript/sandbox.ts'
import {evaluatedData} from './data-loaders.ts'
import {DataError} from './data/data-records.ts'
import {dataOf} from './data/data.ts'
import type {InputReader} from './input-reader.ts'
import type {ConfigLoader, Evaluation} from './loader.ts'
import {isolateEntry, isolateFiles} from './location.ts'
import {SYSTEM_ERRORS} from './system-errors.ts'

/** The script of somebody else that makes plain data of a text. */
export interface LoaderScript {
  /** Whose it is, for messages. */
  readonly name: string
  readonly script: string
  readonly read: GuestProgram['read']
}

const CPU_MS = 30_000
const RESULT_CHARS = 100_000_000

/** Reads configurations of another syntax: the script gets the text, and what it gives is read as data like JSON's. It has no powers but `include`. */
export function scriptLoader(script: LoaderScript): ConfigLoader {
  return {
    name: script.name,
    reads: () => true,
    // What the script consists of is not known before it has run.
    cacheable: false,
    load: (reader, {limitMs = CPU_MS, signal}) => load(script, reader, limitMs, signal),
  }
}

async function load(script: LoaderScript, reader: InputReader, limitMs: number, signal: AbortSignal | undefined): Promise<Evaluation> {
  const sandbox = new JavaScriptSandbox(sandboxEntry(isolateEntry, isolateFiles), {maxMessageBytes: 256 << 20})
  const stop = (): void => sandbox.stop()
  signal?.addEventListener('abort', stop, {once: true})
  const {shown, text} = reader.main
  try {
    signal?.throwIfAborted()
    const {answer} = await sandbox.run(
      {isolate: 'loader', heapMb: 256, name: script.name, entry: script.script, read: script.read},
      {
        view: {file: shown, text},
        state: {},
        functions: {include: ([path]) => included(reader, path)},
        log: () => {},
        cpuMs: limitMs,
        wallMs: limitMs,
        resultChars: RESULT_CHARS,
      },
    )
    return evaluatedData(shown, dataOf(answer), `What ${script.name} gave is no configuration:`, 'config.loader')
  } catch (error) {
    signal?.throwIfAborted()
    if (error instanceof GuestError)
      throw refused(shown, script.name, error.location === undefined ? error.message : `${error.message} (${error.location})`)
    if (error instanceof DataError) throw refused(shown, script.name, `what it gave is no configuration: ${error.message}`)
    throw error
  } finally {
    signal?.removeEventListener('abort', stop)
    sandbox.stop()
  }
}

/** The text of a file beside the configuration. */
function included(reader: InputReader, path: Json | undefined): string {
  if (typeof path !== 'string') throw new TypeError('include takes the path of a file')
  const found = reader.include(path, reader.main.path)
  if (typeof found === 'string') throw new Error(`${SYSTEM_ERRORS[found]?.[1] ?? found}: '${path}'`)
  return found.text
}

function refused(file: string, loader: string, message: string): UserError {
  return new UserError(`${file}: ${loader}: ${message}`, {code: 'config.loader', exitCode: ExitCode.invalidConfiguration})
}
