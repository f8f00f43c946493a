import type {LogLevel} from '../../model/events.ts'
import type {Json, JsonObject} from '../../model/json.ts'
import {RequestFailed} from '../child/message.ts'
import {SandboxChild} from '../child/sandbox-child.ts'
import {SandboxError} from '../child/sandbox-error.ts'
import {GuestError, locate} from './guest-error.ts'
import {parseOutcome} from './outcome.ts'
import {
  ADDON_VARIABLE,
  type Ask,
  type CallReply,
  type GuestModule,
  LIMITS,
  type ModuleReply,
  type RunReply,
  type RunRequest,
  type Usage,
} from './protocol.ts'

/** Where the child's main module is, and what the child may read: itself and its native addon, nothing of the user's. */
export interface SandboxEntry {
  entry: string
  readable: readonly string[]
  /** Finds the file of the native addon; only asked when a child is started. */
  addon(): string
}

export interface GuestProgram {
  /** Programs of one isolate share its heap limit. */
  isolate: string
  /** The limit, of the first program in the isolate. */
  heapMb?: number
  /** Whether to count what of its code runs; of the first program in the isolate. */
  coverage?: boolean
  name: string
  entry: string
  /**
   * The source of an expression, evaluated before the guest's code: a function that makes what the guest's context has of the host's
   * functions and what is `given` to a run.
   */
  prelude?: string
  /** Modules that it can import by these specifiers, without asking. */
  library?: Readonly<Record<string, GuestModule>>
  /** Gives a module's source; what it throws is told to the program's author. */
  read(specifier: string, referrer: string | undefined): Promise<SourceModule>
}

/** A module, and where its code comes from when it was made of other files. */
export interface SourceModule extends GuestModule {
  /** A source map, as JSON; sources that are not of the guest's own author are in its `ignoreList`. */
  map?: string
}

/** A function of the host that a guest may call, with plain data both ways. */
export type HostFunction = (args: readonly Json[]) => Json | Promise<Json>

export interface GuestRun {
  view: JsonObject
  state: JsonObject
  functions: Readonly<Record<string, HostFunction>>
  /** What the program's prelude gets. */
  given?: JsonObject
  /** Whether the time in a function of the host counts; by default it does not. */
  counts?: (name: string) => boolean
  log(level: LogLevel, text: string): void
  cpuMs: number
  /** The most characters of what it leaves behind. */
  resultChars?: number
  wallMs: number
  /** Hears what the run cost, whether it failed or not, unless it cost the child its life. */
  onUsage?(usage: Usage): void
}

/** What an isolate may use, unless its program says otherwise. */
export const HEAP_MB = 64
const MESSAGE_BYTES = 8 << 20
const LEVELS: readonly string[] = ['debug', 'info', 'warn', 'error'] satisfies LogLevel[]

/** Runs JavaScript guests in a child process that is started on demand and replaced when a guest costs it its life. */
export class JavaScriptSandbox {
  readonly #entry: SandboxEntry
  readonly #maxMessageBytes: number
  readonly #runs = new Map<number, {program: GuestProgram; run: GuestRun}>()
  /** The modules that each program has, by the name that its errors show, with their source maps. */
  readonly #modules = new WeakMap<GuestProgram, Map<string, string | undefined>>()
  #child: SandboxChild | undefined
  #lastRun = 0

  constructor(entry: SandboxEntry, {maxMessageBytes = MESSAGE_BYTES}: {maxMessageBytes?: number} = {}) {
    this.#entry = entry
    this.#maxMessageBytes = maxMessageBytes
  }

  /** Starts the child without waiting for it. */
  start(): void {
    this.#running().start()
  }

  stop(): void {
    this.#child?.stop()
    this.#child = undefined
  }

  /** Calls the program's default export. @throws GuestError for whatever goes wrong in there. */
  async run(program: GuestProgram, run: GuestRun): Promise<{answer: Json | undefined; state: JsonObject}> {
    const id = ++this.#lastRun
    this.#runs.set(id, {program, run})
    try {
      const reply = await this.#request(id, program, run)
      run.onUsage?.(reply.usage)
      if ('failure' in reply) {
        const {fault, message, stack} = reply.failure
        throw this.#error(program, fault, message, stack ?? message)
      }
      const outcome = parseOutcome(reply.text, run.resultChars ?? LIMITS.resultChars)
      if ('thrown' in outcome) throw this.#error(program, 'threw', outcome.thrown.message, outcome.thrown.stack)
      return outcome
    } finally {
      this.#runs.delete(id)
    }
  }

  /** Only a part of a text that the guest made: what looks for a place in it takes more than linear time. */
  #error(program: GuestProgram, kind: GuestError['kind'], message: string, stack: string | undefined): GuestError {
    const location = locate(stack?.slice(0, LIMITS.stackChars), this.#modules.get(program) ?? new Map())
    return new GuestError(kind, message.slice(0, LIMITS.messageChars).replace(/ \[[^\]]+:\d+:\d+\]$/, ''), location)
  }

  async #request(run: number, program: GuestProgram, guest: GuestRun): Promise<RunReply> {
    const {view, state, given, functions, cpuMs, resultChars, wallMs} = guest
    const child = this.#running()
    const request: RunRequest = {
      run,
      isolate: program.isolate,
      heapMb: program.heapMb ?? HEAP_MB,
      coverage: program.coverage ?? false,
      program: program.name,
      entry: program.entry,
      ...(program.prelude === undefined ? {} : {prelude: program.prelude}),
      modules: await this.#sendAhead(program),
      input: JSON.stringify({view, state, given: given ?? {}}),
      capabilities: Object.keys(functions),
      cpuMs,
      resultChars: resultChars ?? LIMITS.resultChars,
    }
    try {
      return (await child.request(request as unknown as Json, {wallMilliseconds: wallMs})) as unknown as RunReply
    } catch (thrown) {
      // What it left behind does not fit into a message.
      if (thrown instanceof RequestFailed) throw new GuestError('threw', thrown.message)
      if (!(thrown instanceof SandboxError)) throw thrown
      if (this.#child === child) this.#child = undefined
      throw lost(thrown, wallMs)
    }
  }

  /** What the child will need for a program that it has not yet had. */
  async #sendAhead(program: GuestProgram): Promise<RunRequest['modules']> {
    if (this.#modules.has(program)) return {}
    const entry = await this.#module(program, program.entry, undefined)
    if ('refused' in entry) throw new GuestError('load', entry.refused)
    return {...program.library, [program.entry]: entry}
  }

  #running(): SandboxChild {
    return (this.#child ??= this.#create())
  }

  #create(): SandboxChild {
    const {entry, readable} = this.#entry
    const addon = this.#entry.addon()
    return new SandboxChild({
      entry,
      readable: [...readable, addon],
      addons: true,
      environment: {[ADDON_VARIABLE]: addon},
      maxMessageBytes: this.#maxMessageBytes,
      onRequest: async (body) => (await this.#answer(body as unknown as Ask)) as unknown as Json,
      counts: (body) => this.#counts(body as unknown as Ask),
    })
  }

  async #answer(ask: Ask): Promise<ModuleReply | CallReply | null> {
    const active = this.#runs.get(ask.run)
    if (!active) return {refused: 'the run is over'}
    const {program, run} = active
    if (ask.ask === 'module') return this.#module(program, ask.specifier, ask.referrer ?? undefined)
    if (ask.ask === 'call') return call(run.functions, ask.name, ask.args)
    if (LEVELS.includes(ask.level)) run.log(ask.level as LogLevel, ask.text.slice(0, LIMITS.logLineChars))
    return null
  }

  #counts(ask: Ask): boolean {
    return ask.ask === 'call' && (this.#runs.get(ask.run)?.run.counts?.(ask.name) ?? false)
  }

  async #module(program: GuestProgram, specifier: string, referrer: string | undefined): Promise<ModuleReply> {
    const {library = {}} = program
    const shared = Object.hasOwn(library, specifier) ? library[specifier] : undefined
    if (shared) return shared
    try {
      const {map, ...module} = await program.read(specifier, referrer)
      const maps = this.#modules.get(program) ?? new Map<string, string | undefined>()
      this.#modules.set(program, maps.set(module.name, map))
      return module
    } catch (thrown) {
      return {refused: thrown instanceof Error ? thrown.message : String(thrown)}
    }
  }
}

async function call(functions: GuestRun['functions'], name: string, args: string): Promise<CallReply> {
  const host = Object.hasOwn(functions, name) ? functions[name] : undefined
  if (!host) return {refused: `there is no '${name}'`}
  try {
    return {value: await host(JSON.parse(args) as Json[])}
  } catch (thrown) {
    return {refused: thrown instanceof Error ? thrown.message : String(thrown)}
  }
}

/** The child's end in words about the guest. */
function lost({kind, message}: SandboxError, wallMs: number): GuestError {
  switch (kind) {
    case 'timeout':
      return new GuestError('timeout', `it gave no answer within ${wallMs} ms`)
    case 'memory':
      return new GuestError('memory', 'it used more memory than it may')
    case 'crash':
    case 'protocol':
      return new GuestError('crash', message)
  }
}
