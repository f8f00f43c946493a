import type {ObjectRecord, TypeRecord} from '../schema/records.ts'

/** What the command asks of the Python child: to run a file. */
export interface EvaluateRequest {
  /** The text is the parent's to read, like all files. */
  readonly file: SourceFile
  /** All of `os.environ`. */
  readonly environment: Readonly<Record<string, string>>
  /** A program to run in the file's namespace afterwards; what it puts into `answer` comes back. For tests. */
  readonly after?: string
}

export interface SourceFile {
  /** Its real path. */
  readonly path: string
  /** Its name in tracebacks. */
  readonly shown: string
  readonly text: string
}

export type EvaluateAnswer =
  | {
      readonly kind: 'evaluated'
      readonly types: TypeRecord[]
      readonly objects: ObjectRecord[]
      readonly jobs: number[]
      readonly answer?: unknown
    }
  | {readonly kind: 'failed'; readonly type: string; readonly message: string; readonly traceback: string; readonly frames: FailedFrame[]}
  /** The interpreter is lost: it exited, or ran out of stack. */
  | {readonly kind: 'lost'; readonly reason: string}

interface FailedFrame {
  readonly file: string
  readonly line: number
}

/** What the child asks while the file runs, or tells. */
export type ChildRequest =
  | ['include', path: string, includer: string]
  | ['read', path: string]
  | ['variable', name: string | null]
  | ['output', stream: 'stdout' | 'stderr', text: string]

/** A file that was read, or why not: the arguments of Python's OSError. */
export type ReadAnswer = SourceFile | {readonly errno: readonly [number, string, string]}
