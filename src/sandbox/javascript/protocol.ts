import type {Json} from '../../model/json.ts'

/** One run of one guest program, as the child is asked for it. Programs of one isolate share its heap, and nothing else. */
export interface RunRequest {
  run: number
  isolate: string
  heapMb: number
  program: string
  /** The specifier of the program's first module. */
  entry: string
  /** The source of the function that makes the guest's context. */
  prelude?: string
  /** Sources sent ahead, by specifier; the child asks for all others. */
  modules: Readonly<Record<string, GuestModule>>
  /** What the guest gets as its context: the JSON text of `{view, state, given}`. */
  input: string
  /** The functions of the host that its context has: `prompt.confirm`. */
  capabilities: readonly string[]
  cpuMs: number
  /** The most characters of what the guest leaves behind. */
  resultChars: number
  /** Whether to count what of the program's code runs; decided by the first program of an isolate. */
  coverage: boolean
}

/** What a run cost. */
export interface Usage {
  /** Of its isolate, after it. */
  heapKb: number
  cpuMs: number
  coverage?: readonly ScriptCoverage[]
}

/** What ran of a module, as V8 counts it: ranges of characters within functions, the inner ones after those around them. */
export interface ScriptCoverage {
  url: string
  functions: readonly {functionName: string; ranges: readonly {startOffset: number; endOffset: number; count: number}[]}[]
}

/** What went wrong inside: the guest's own code, its loading, or a limit. */
export type GuestFault = 'threw' | 'load' | 'cpu' | 'memory'

export interface GuestFailure {
  fault: GuestFault
  message: string
  stack?: string
}

/** `text` is the JSON text of what the guest left behind; only its length has been looked at. */
export type RunResult = {text: string} | {failure: GuestFailure}
export type RunReply = RunResult & {usage: Usage}

/** A module's source, under the name that error messages show. */
export interface GuestModule {
  name: string
  code: string
}

export type ModuleReply = GuestModule | {refused: string}
export type CallReply = {value: Json} | {refused: string}

/** What the child asks of its parent. */
export interface ParentPort {
  module(run: number, specifier: string, referrer: string | undefined): Promise<ModuleReply>
  call(run: number, name: string, args: string): Promise<CallReply>
  log(run: number, level: string, text: string): void
}

export const LIMITS = {
  /** Characters of what a guest leaves behind, unless its run says otherwise, or hands to the host in one call. */
  resultChars: 1_000_000,
  logLineChars: 4_000,
  /** Of what a guest threw. */
  messageChars: 2_000,
  stackChars: 8_000,
  logLines: 1_000,
  calls: 1_000,
  modules: 200,
} as const

/** The same as messages. */
export type Ask =
  | {ask: 'module'; run: number; specifier: string; referrer: string | null}
  | {ask: 'call'; run: number; name: string; args: string}
  | {ask: 'log'; run: number; level: string; text: string}

/** The environment variable in which the parent names the file of isolated-vm's native addon. */
export const ADDON_VARIABLE = 'ISOLATED_VM'
