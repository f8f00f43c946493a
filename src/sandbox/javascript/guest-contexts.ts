import type {Context, Isolate, Reference} from 'isolated-vm'
import {bootstrap} from './guest/bootstrap.ts'

type Bootstrap = (...functions: unknown[]) => ReturnType<typeof bootstrap>

/** The contexts of one isolate's programs: each is made while the program before it is judged, and set up by code that is compiled once. */
export class GuestContexts {
  readonly #isolate: Isolate
  readonly #scripts = new Map<string, ReturnType<Isolate['compileScriptSync']>>()
  #spare: Promise<Context | undefined> | undefined

  constructor(isolate: Isolate) {
    this.#isolate = isolate
  }

  /** What runs no code of a guest's runs on this thread, which saves a dozen switches between threads. */
  async take(): Promise<Context> {
    const spare = await this.#spare
    this.#spare = undefined
    return spare ?? this.#isolate.createContextSync()
  }

  /** Makes the next one, on the isolate's own thread: a guest that goes on after its answer must hold up nobody else. */
  prepare(): void {
    this.#spare ??= this.#create().catch(() => undefined)
  }

  /** Rejects when the isolate has ended. */
  async #create(): Promise<Context> {
    return this.#isolate.createContext()
  }

  /** The function that sets a context up; `prelude` is the source of what makes the guest's powers. */
  bootstrapIn(context: Context, prelude = 'undefined'): Reference<Bootstrap> {
    const script = this.#scripts.get(prelude) ?? this.#compile(prelude)
    this.#scripts.set(prelude, script)
    return script.runSync(context, {reference: true}) as Reference<Bootstrap>
  }

  #compile(prelude: string) {
    const source = `(function (sendLog, sendCall) { 'use strict'; return (${String(bootstrap)})(sendLog, sendCall, ${prelude}) })`
    return this.#isolate.compileScriptSync(source, {filename: 'aurora:guest'})
  }
}
