import type {Isolate} from 'isolated-vm'
import {ivm} from './addon.ts'
import {Coverage} from './coverage.ts'
import {GuestContexts} from './guest-contexts.ts'
import {GuestProgram} from './guest-program.ts'
import type {GuestFailure, ParentPort, RunReply, RunRequest, RunResult, Usage} from './protocol.ts'
import {watchLimits} from './watch-limits.ts'

/** The programs of one plugin: they share a heap limit, and end together when one of them breaks it. */
export class GuestIsolate {
  readonly #isolate: Isolate
  readonly #parent: ParentPort
  readonly #programs = new Map<string, GuestProgram>()
  readonly #contexts: GuestContexts
  readonly #coverage: Promise<Coverage> | undefined

  constructor({heapMb, coverage}: RunRequest, parent: ParentPort) {
    this.#isolate = new ivm.Isolate({memoryLimit: heapMb, inspector: coverage, onCatastrophicError: () => process.abort()})
    this.#parent = parent
    this.#contexts = new GuestContexts(this.#isolate)
    if (coverage) this.#coverage = Coverage.start(this.#isolate)
  }

  get ended(): boolean {
    return this.#isolate.isDisposed
  }

  async run(request: RunRequest): Promise<RunReply> {
    const began = this.#isolate.cpuTime
    const result = await this.#runWithin(request)
    const usage = await this.#usage(began, request)
    this.#contexts.prepare()
    return {...result, usage}
  }

  async #runWithin(request: RunRequest): Promise<RunResult> {
    const watch = watchLimits(this.#isolate, request)
    try {
      return await this.#loadAndRun(request)
    } catch (thrown) {
      return {failure: this.#failureOf(thrown, request, watch.cpuExceeded)}
    } finally {
      watch.stop()
    }
  }

  /** Of an isolate that has ended, nothing is known. */
  async #usage(began: bigint, {program}: RunRequest): Promise<Usage> {
    if (this.ended) return {heapKb: 0, cpuMs: 0}
    const {used_heap_size: heap, externally_allocated_size: external} = this.#isolate.getHeapStatisticsSync()
    const modules = this.#programs.get(program)?.modules
    const coverage = modules && (await (await this.#coverage)?.take(modules))
    const cpuMs = Number(this.#isolate.cpuTime - began) / 1e6
    return {heapKb: Math.round((heap + external) / 1024), cpuMs, ...(coverage ? {coverage} : {})}
  }

  async #loadAndRun(request: RunRequest): Promise<RunResult> {
    await this.#coverage
    const program =
      this.#programs.get(request.program) ??
      (await GuestProgram.load({isolate: this.#isolate, contexts: this.#contexts}, request, this.#parent))
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
