import type {Json} from './json.ts'
import type {SchedulerQueries} from './scheduler-queries.ts'

/** What a hook can do besides looking; all but `log` must be in its manifest's `needs`, and be granted by the user. */
export interface HookPowers {
  readonly prompt: HookPrompt
  readonly fetch: HookFetch
  readonly exec: HookExec
  readonly read: HookRead
  /** An environment variable that the manifest names, `"env": ["NAME"]`; undefined when it is not set. */
  readonly env: (name: string) => Promise<string | undefined>
  /** A secret that the manifest names, `"secret": ["TOKEN"]`. Whatever the command writes hides it. */
  readonly secret: (name: string) => Promise<string>
  readonly scheduler: HookScheduler
  readonly store: HookStore
  readonly clock: HookClock
  readonly random: HookRandom
}

/** Questions to the person at the terminal, or to `--answer`: `"prompt": true`. */
export interface HookPrompt {
  confirm(question: string): Promise<boolean>
  select(question: string, choices: readonly string[]): Promise<string>
  input(question: string): Promise<string>
}

/** A request to an origin that the manifest names: `"fetch": ["https://change.example.com"]`. */
export type HookFetch = (url: string, options?: FetchOptions) => Promise<FetchAnswer>

export interface FetchOptions {
  /** `GET` by default. */
  method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS'
  headers?: Readonly<Record<string, string>>
  /** A text, or data that is sent as JSON. */
  body?: Json
}

export interface FetchAnswer {
  /** Where it came from, after redirects. */
  readonly url: string
  readonly status: number
  /** Whether the status is 200 to 299. */
  readonly ok: boolean
  /** By their names in small letters. */
  readonly headers: Readonly<Record<string, string>>
  /** Nothing was sent: the answer is an empty 200. */
  readonly dryRun: boolean
  text(): Promise<string>
  json(): Promise<unknown>
}

/** A command that the manifest names, `"exec": ["git"]`, with a list of arguments that no shell reads. */
export type HookExec = (command: string, args?: readonly string[], options?: ExecOptions) => Promise<ExecResult>

export interface ExecOptions {
  /** What the command reads; nothing by default. */
  stdin?: string
  /** Milliseconds, after which it is killed; the hook's own time limit holds as well. */
  timeout?: number
}

export interface ExecResult {
  /** null when a signal ended the command. */
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
  /** Nothing was run: the result is an empty success. */
  readonly dryRun: boolean
}

/** A file that the manifest names, `"read": ["deploy/*.yaml"]`; paths begin in the project's folder. */
export type HookRead = (path: string, options?: {encoding?: 'utf8' | 'base64'}) => Promise<string>

/** Queries to the scheduler of the operation's cluster, `"scheduler": true`, or of those that the manifest names. */
export interface HookScheduler extends SchedulerQueries {
  at(cluster: string): SchedulerQueries
}

/** Data that is kept between runs, for the hooks of one plugin alone: `"store": true`. In a dry run nothing is changed. */
export interface HookStore {
  get(key: string): Promise<Json | undefined>
  set(key: string, value: Json): Promise<void>
  delete(key: string): Promise<void>
  keys(): Promise<string[]>
}

/** The time, recorded: `"clock": true`. With it, `Date` shows the time of the last look: the hook's beginning, then `now()`. */
export interface HookClock {
  /** Milliseconds since 1970. */
  now(): Promise<number>
}

/** Chance, recorded, so nothing that must stay secret: `"random": true`. With it, `Math.random` works, from a recorded seed. */
export interface HookRandom {
  /** An integer from 0 to `below` - 1. */
  integer(below: number): Promise<number>
  uuid(): Promise<string>
}
