import type {Isolate} from 'isolated-vm'
import {ivm} from './addon.ts'
import {GuestProgram} from './guest-program.ts'
import type {GuestFailure, ParentPort, RunReply, RunRequest} from './protocol.ts'
import {watchLimits} from './watch-limits.ts'

/** The programs of one plugin: they share a heap limit, and end together when one of them breaks it. */
export class GuestIsolate {
  readonly #isolate: Isolate
  readonly #parent: ParentPort
  readonly #programs = new Map<string, GuestProgram>()

  constructor(heapMb: number, parent: ParentPort) {
    this.#isolate = new ivm.Isolate({memoryLimit: heapMb, onCatastrophicError: () => process.abort()})
    this.#parent = parent
  }

  get ended(): boolean {
    return this.#isolate.isDisposed
  }

  async run(request: RunRequest): Promise<RunReply> {
    const watch = watchLimits(this.#isolate, request)
    try {
      return await this.#loadAndRun(request)
    } catch (thrown) {
      return {failure: this.#failureOf(thrown, request, watch.cpuExceeded)}
    } finally {
      watch.stop()
    }
  }

  async #loadAndRun(request: RunRequest): Promise<RunReply> {
    const program = this.#programs.get(request.program) ?? (await GuestProgram.load(this.#isolate, request, this.#parent))
    if (!(program instanceof GuestProgram)) return {failure: program}
    this.#programs.set(request.program, program)
    return program.run(request)
  }

  #failureOf(thrown: unknown, {cpuMs}: RunRequest, exceeded: boolean): GuestFailure {
    if (exceeded) return {fault: 'cpu', message: `it used more than ${cpuMs} ms of CPU`}
    if (this.ended) return {fault: 'memory', message: 'it used more memory than it may'}
    return {fault: 'threw', message: thrown instanceof Error ? thrown.message : String(thrown)}
  }
}
