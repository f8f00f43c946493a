import type {ProcessIdentity} from './process-identity.ts'

/** A word of a command line; of a `--bind name=value` only the name, and a digest that tells whether the same value is given again. */
export type RecordedWord = string | {name: string; digest: string}

/** The first line of a journal. */
export interface JournalHeader {
  type: 'journal'
  format: 1
  run: string
  /** 1 for the run as it was begun, 2 for its first resume. */
  attempt: number
  operation: string
  /** How many operations the same command had run before. */
  nth: number
  /** `job:kill` */
  command: string
  argv: readonly RecordedWord[]
  cwd: string
  user: string
  version: string
  process: ProcessIdentity
  salt: string
  at: string
}

/** What the host knows of a run when it begins. */
export interface RunDescription extends Pick<JournalHeader, 'run' | 'operation' | 'nth' | 'command' | 'user' | 'version'> {
  /** As typed, with the flags spelt out. */
  argv: readonly string[]
}
