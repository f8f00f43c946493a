import type {Json} from '../model/json.ts'
import type {SandboxChild} from '../sandbox/child/sandbox-child.ts'
import {SandboxError} from '../sandbox/child/sandbox-error.ts'
import {codeFiles} from './code-files.ts'
import type {InputReader} from './input-reader.ts'
import type {HookAnswer, HookCall, HookRequest} from './protocol.ts'

/** What a hook reaches the world through while it is asked. */
export interface HookHost {
  /** Hears what it prints. */
  output(text: string): void
  /** Does what it wants of the command, or throws. */
  use(power: string, args: readonly Json[]): Json | Promise<Json>
}

/** Who serves the program that runs now: nobody while the file is evaluated. */
export interface CurrentHost {
  host?: HookHost | undefined
}

export interface AskOptions {
  /** The most time for the answer, without what the host takes. */
  readonly limitMs: number
  readonly host: HookHost
  readonly signal: AbortSignal
}

/** What a hook that was asked to stop has for that, before it is stopped. */
const GRACE_MS = 1_000

/** The live objects of a configuration that was evaluated, in the child that did it. */
export class LiveConfig {
  readonly #child: SandboxChild
  readonly #current: CurrentHost
  readonly #reader: InputReader

  constructor(child: SandboxChild, current: CurrentHost, reader: InputReader) {
    this.#reader = reader
    this.#child = child
    this.#current = current
  }

  /** Asks a hook; whatever goes wrong is an answer. One at a time. */
  async ask(hook: HookCall, {limitMs, host, signal}: AskOptions): Promise<HookAnswer> {
    const stop = (): void => this.#child.stop()
    signal.addEventListener('abort', stop, {once: true})
    this.#current.host = host
    try {
      const request: HookRequest = {hook, limitMs}
      return (await this.#child.request(request as unknown as Json, {wallMilliseconds: limitMs + GRACE_MS})) as unknown as HookAnswer
    } catch (error) {
      if (error instanceof SandboxError && error.kind === 'timeout')
        return {kind: 'failed', overdue: true, type: '', message: '', traceback: '', frames: []}
      return {kind: 'lost', reason: error instanceof Error ? error.message : String(error)}
    } finally {
      this.#current.host = undefined
      signal.removeEventListener('abort', stop)
    }
  }

  /** The code that has been loaded by now: by real path, with the digest of each file. */
  code(): ReadonlyMap<string, string> {
    return codeFiles(this.#reader.inputs)
  }

  /** Ends the child. */
  close(): void {
    this.#child.stop()
  }
}
