import type {Callback, Context, Isolate, Module, Reference} from 'isolated-vm'
import {ivm} from './addon.ts'
import type {bootstrap} from './guest/bootstrap.ts'
import type {GuestContexts} from './guest-contexts.ts'
import {type GuestFailure, LIMITS, type ParentPort, type RunRequest, type RunResult} from './protocol.ts'

type Bootstrapped = ReturnType<typeof bootstrap>

/** Thrown while a program is loaded; its message is for the program's author. */
class LoadFailure extends Error {}

/** One guest program in a context of its own. */
export class GuestProgram {
  /** The names of its modules. */
  readonly modules = new Set<string>()
  readonly #parent: ParentPort
  readonly #context: Context
  #run: Reference<Bootstrapped['run']> | undefined
  #settle: Reference<Bootstrapped['settle']> | undefined
  #module: Module | undefined
  /** The run under way; what a guest does after its answer is not heard. */
  #active: {run: number; lines: number; calls: number} | undefined

  private constructor(parent: ParentPort, context: Context) {
    this.#parent = parent
    this.#context = context
  }

  /** Compiles and evaluates the program's modules, asking the parent for each. */
  static async load(
    {isolate, contexts}: {isolate: Isolate; contexts: GuestContexts},
    request: RunRequest,
    parent: ParentPort,
  ): Promise<GuestProgram | GuestFailure> {
    const program = new GuestProgram(parent, await contexts.take())
    program.#active = {run: request.run, lines: 0, calls: 0}
    program.#bootstrap(contexts, request.prelude)
    try {
      program.#module = await program.#link(isolate, request)
      await program.#module.evaluate()
      return program
    } catch (thrown) {
      if (isolate.isDisposed) throw thrown
      const {message, stack} = thrown instanceof Error ? thrown : new Error(String(thrown))
      const fault = thrown instanceof LoadFailure || thrown instanceof SyntaxError ? 'load' : 'threw'
      return {fault, message, ...(fault === 'threw' && stack !== undefined ? {stack} : {})}
    }
  }

  async run(request: RunRequest): Promise<RunResult> {
    if (!this.#run || !this.#module) throw new Error('not loaded')
    this.#active = {run: request.run, lines: 0, calls: 0}
    try {
      const text: unknown = await this.#run.apply(
        undefined,
        [request.run, this.#module.namespace.derefInto(), request.input, JSON.stringify(request.capabilities)],
        {result: {promise: true}},
      )
      if (typeof text !== 'string') return {failure: {fault: 'threw', message: 'it broke the code that runs it'}}
      if (text.length > request.resultChars)
        return {failure: {fault: 'threw', message: `its answer is larger than ${request.resultChars} characters`}}
      return {text}
    } finally {
      this.#active = undefined
    }
  }

  #bootstrap(contexts: GuestContexts, prelude?: string): void {
    const bootstrapped = contexts.bootstrapIn(this.#context, prelude)
    const bridge = bootstrapped.applySync(undefined, [this.#onLog(), this.#onCall()], {result: {reference: true}})
    this.#run = bridge.getSync('run', {reference: true})
    this.#settle = bridge.getSync('settle', {reference: true})
  }

  /** Synchronous, so that a guest cannot send lines faster than they are read. */
  #onLog(): Callback {
    return new ivm.Callback((run: unknown, level: unknown, text: unknown) => {
      const active = this.#active
      if (!active || active.run !== run || typeof level !== 'string' || typeof text !== 'string') return
      if (++active.lines < LIMITS.logLines) this.#parent.log(active.run, level, text.slice(0, LIMITS.logLineChars))
      else if (active.lines === LIMITS.logLines) this.#parent.log(active.run, 'warn', 'further log lines are left out')
    })
  }

  #onCall(): Callback {
    return new ivm.Callback((run: unknown, id: unknown, name: unknown, args: unknown) => {
      const active = this.#active
      if (!active || active.run !== run || typeof id !== 'number' || typeof name !== 'string' || typeof args !== 'string') return
      void this.#call(active, name, args).then(({value, refused}) => {
        // What a guest does after its answer is nobody's: its code must not run again because of a call that it left open.
        if (this.#active === active) this.#settle?.apply(undefined, [id, value, refused]).catch(() => {})
      })
    })
  }

  async #call(active: {run: number; calls: number}, name: string, args: string): Promise<{value?: string; refused?: string}> {
    if (++active.calls > LIMITS.calls) return {refused: `more than ${LIMITS.calls} calls of the host in one run`}
    if (args.length > LIMITS.resultChars) return {refused: `${name}: the arguments are larger than ${LIMITS.resultChars} characters`}
    const reply = await this.#parent.call(active.run, name, args)
    return 'value' in reply ? {value: JSON.stringify(reply.value)} : {refused: reply.refused}
  }

  async #link(isolate: Isolate, {run, entry, modules: given}: RunRequest): Promise<Module> {
    const modules = new Map<string, Module>()
    const names = new Map<Module, string>()
    const read = async (specifier: string, referrer?: string): Promise<Module> => {
      const known = Object.hasOwn(given, specifier) ? given[specifier] : undefined
      const reply = known ?? (await this.#parent.module(run, specifier, referrer))
      if ('refused' in reply) throw new LoadFailure(reply.refused)
      if (modules.size >= LIMITS.modules) throw new LoadFailure(`more than ${LIMITS.modules} modules`)
      const module = modules.get(reply.name) ?? isolate.compileModuleSync(reply.code, {filename: reply.name})
      modules.set(reply.name, module)
      this.modules.add(reply.name)
      names.set(module, reply.name)
      return module
    }
    const main = await read(entry)
    await main.instantiate(this.#context, (specifier, referrer) => read(specifier, names.get(referrer)))
    return main
  }
}
