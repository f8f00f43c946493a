import {createHash, createHmac, randomUUID} from 'node:crypto'

/** All that an evaluation depended on, so that its result can be kept for as long as none of it changes. Secrets are in it as hashes alone. */
export interface Inputs {
  /** Each file that was read, by its real path, with the SHA-256 of its content. */
  readonly files: Map<string, string>
  /** What was asked about files, with the SHA-256 of each answer: contents, listings, what is there, and what is missing. */
  readonly looks: Map<string, string>
  /** The key with which the environment is hashed, so that nobody can look a value up by its hash. */
  readonly salt: string
  /** The environment variables that were looked at, with the keyed hashes of their values; null where there was none. */
  readonly variables: Map<string, string | null>
  /** The keyed hash of the whole environment, if the file went through it. */
  environment?: string
  /** The current directory, if it mattered. */
  directory?: string
  /** The name of this machine, if it was asked for. */
  hostname?: string
  /** The clock or the time zone was read. */
  time: boolean
  /** Lots were drawn that no seed of the file decided. */
  random: boolean
}

export function noInputs(): Inputs {
  return {files: new Map(), looks: new Map(), salt: randomUUID(), variables: new Map(), time: false, random: false}
}

/** The SHA-256 of bytes, or of plain data. */
export function digest(content: unknown): string {
  return createHash('sha256')
    .update(Buffer.isBuffer(content) ? content : JSON.stringify(content))
    .digest('hex')
}

export function keyedDigest(salt: string, content: unknown): string {
  return createHmac('sha256', salt).update(JSON.stringify(content)).digest('hex')
}
