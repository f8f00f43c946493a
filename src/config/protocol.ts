import type {DirectoryEntry, ErrnoName, FileStat} from '../sandbox/python/file-system.ts'
import type {Used} from '../sandbox/python/guest.ts'
import type {Json, JsonObject} from '../model/json.ts'
import type {ObjectRecord, TypeRecord} from '../schema/records.ts'

/** What the command asks of the Python child: to run a file. */
export interface EvaluateRequest {
  /** The text is the parent's to read, like all files. */
  readonly file: PythonSource
  /** The current directory. */
  readonly directory: string
  /** All of `os.environ`. */
  readonly environment: Readonly<Record<string, string>>
  /** After that the program is asked to stop. */
  readonly limitMs: number
  /** Whether its live objects are kept, for its hooks. */
  readonly keep?: boolean
  /** A program to run in the file's namespace afterwards; what it puts into `answer` comes back. For tests. */
  readonly after?: string
}

/** An object in `hooks = […]`: its class, and the hook methods that it has. */
export interface ConfigHook {
  readonly name: string
  readonly methods: readonly string[]
}

/** What the command asks of the child that kept the live objects: to ask a hook. */
export interface HookRequest {
  readonly hook: HookCall
  /** After that the hook is asked to stop. */
  readonly limitMs: number
}

export interface HookCall {
  /** Its place in `hooks`. */
  readonly number: number
  readonly event: 'pre' | 'post' | 'err'
  /** The client's name of the call that it wraps. */
  readonly method: string
  readonly job: {
    /** Its place in `jobs`. */
    readonly index: number
    readonly bindings: readonly (readonly [name: string, value: string])[]
    readonly key: readonly [cluster: string, role: string, environment: string, name: string]
  }
  /** The call's arguments by name, without the job and its configuration. */
  readonly values: JsonObject
  /** post: the response; err: the response that is an error, or why there is none. */
  readonly outcome: JsonObject | null
}

/** What a hook said; null is the method that it does not have. */
export interface HookSaid {
  readonly method: string | null
  readonly passed?: boolean
  /** An answer that is empty, and is neither None nor False. */
  readonly empty?: string
}

export type HookAnswer = {readonly kind: 'said'; readonly said: Json} | FailedAnswer | LostAnswer

export interface PythonSource {
  /** Its real path. */
  readonly path: string
  /** Its name in tracebacks. */
  readonly shown: string
  /** Its bytes, each as a character. */
  readonly bytes: string
}

/** What a Python configuration comes to, as its interpreter hands it over. */
export interface HandedOver {
  readonly objects: ObjectRecord[]
  readonly jobs: number[]
  readonly files: string[]
  readonly hooks: ConfigHook[]
  readonly warnings: [file: string, line: number, message: string][]
}

export type EvaluateAnswer =
  | (HandedOver & {readonly kind: 'evaluated'; readonly types: TypeRecord[]; readonly used: Used[]; readonly answer?: unknown})
  | FailedAnswer
  | LostAnswer

export interface FailedAnswer {
  readonly kind: 'failed'
  /** It was asked to stop, since its time was over. */
  readonly overdue: boolean
  readonly type: string
  readonly message: string
  readonly traceback: string
  readonly frames: FailedFrame[]
}

/** The interpreter is lost: it exited, or ran out of stack. */
interface LostAnswer {
  readonly kind: 'lost'
  readonly reason: string
}

export interface FailedFrame {
  readonly file: string
  readonly line: number
  readonly source: string
}

/** What the child asks while the file runs, or tells. */
export type ChildRequest =
  | ['include', path: string, includer: string]
  | ['stat', path: string, followLinks: boolean]
  | ['open', path: string]
  | ['link', path: string]
  | ['hostname']
  | ['variable', name: string | null]
  | ['output', stream: 'stdout' | 'stderr', text: string]
  /** A hook wants something of the command. */
  | ['hook', power: string, ...args: Json[]]

/** A file to run, or what one in another language exports as records; or why not: the arguments of Python's OSError, or what that file did. */
export type IncludeAnswer =
  | PythonSource
  | {readonly objects: readonly ObjectRecord[]; readonly exports: readonly Json[]}
  | {readonly errno: readonly [number, string, string]}
  | {readonly failed: string}
export type StatAnswer = FileStat | ErrnoName
export type LinkAnswer = {target: string} | ErrnoName
export type OpenAnswer = {bytes: string} | {entries: readonly DirectoryEntry[]} | ErrnoName
