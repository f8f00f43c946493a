import type {Json, JsonObject} from '../../model/json.ts'
import {sandboxEntry} from '../../sandbox/javascript/entry.ts'
import {GuestError} from '../../sandbox/javascript/guest-error.ts'
import {type GuestProgram, type HostFunction, JavaScriptSandbox} from '../../sandbox/javascript/sandbox.ts'
import type {EvaluateOptions} from '../evaluate.ts'
import {isolateEntry, isolateFiles} from '../location.ts'
import {LIMIT_MS, overdue, refused} from '../refused.ts'

const HEAP_MB = 256
const RESULT_CHARS = 100_000_000

/** What a program gets beside its modules. */
interface Given {
  readonly view: JsonObject
  readonly functions: Readonly<Record<string, HostFunction>>
}

/**
 * Runs a program that reads a configuration in a child of its own, which ends with it.
 * @throws UserError (exit 3) when it goes beyond a limit; GuestError when it fails
 */
export async function runInIsolate(
  file: string,
  program: GuestProgram,
  {limitMs = LIMIT_MS, signal}: EvaluateOptions,
  {view, functions}: Given = {view: {}, functions: {}},
): Promise<Json | undefined> {
  const sandbox = new JavaScriptSandbox(sandboxEntry(isolateEntry, isolateFiles), {maxMessageBytes: 256 << 20})
  const stop = (): void => sandbox.stop()
  signal?.addEventListener('abort', stop, {once: true})
  const limits = {cpuMs: limitMs, wallMs: limitMs, resultChars: RESULT_CHARS}
  try {
    signal?.throwIfAborted()
    const {answer} = await sandbox.run({...program, heapMb: HEAP_MB}, {view, state: {}, functions, log: () => {}, ...limits})
    return answer
  } catch (error) {
    signal?.throwIfAborted()
    if (!(error instanceof GuestError)) throw error
    if (error.kind === 'cpu' || error.kind === 'timeout') throw overdue(file, limitMs)
    if (error.kind === 'memory') throw refused(`${file} used more than ${HEAP_MB} MB of memory`, 'config.memory')
    throw error
  } finally {
    signal?.removeEventListener('abort', stop)
    sandbox.stop()
  }
}
