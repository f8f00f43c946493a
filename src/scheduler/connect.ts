import type {Cluster} from '../cluster/cluster.ts'
import {parseDuration} from '../model/duration.ts'
import {UserError} from '../model/errors.ts'
import type {LogLevel} from '../model/events.ts'
import {METHODS} from '../model/gen/tables.ts'
import type {MethodName} from '../model/gen/types.ts'
import type {JobKey} from '../model/job-key.ts'
import type {SchedulerApi} from './api.ts'
import type {Caller} from './caller.ts'
import {locate} from './locate.ts'
import type {RetryPolicy} from './retry.ts'

export interface ConnectOptions {
  /** How long one attempt of a call may take: AURORA_RPC_TIMEOUT (`90s`, `2m`), else 60 s. */
  timeoutMs?: number
  /** How long one connection may take to be made: 10 s, or timeoutMs when that is less. */
  connectTimeoutMs?: number
  /** Reference/clusters.md §4; a command for administrators says `Aurora Admin`. */
  userAgent?: string
  protocol?: 'binary' | 'json'
  retry?: RetryPolicy
  /** The largest answer that is read, in bytes. */
  maxAnswerBytes?: number
  /** Hears of attempts that failed and are made again. */
  log?: (level: LogLevel, text: string) => void
  env?: NodeJS.ProcessEnv
}

export interface SchedulerConnection {
  readonly cluster: Cluster
  /** @throws SchedulerError when there is no answer; an answer that is not OK is returned: see requireOk. */
  readonly api: SchedulerApi
  /** What shown URLs begin with (reference/clusters.md §9). */
  baseUrl(): Promise<URL>
  /** The page of a role, an environment, a job, or one of its updates. */
  jobUrl(key: Pick<JobKey, 'role'> & Partial<JobKey>, updateId?: string): Promise<URL>
  close(): void
}

const DEFAULT_TIMEOUT_MS = 60_000
const CONNECT_TIMEOUT_MS = 10_000
/** A hundred thousand tasks are about 100 MB. */
const MAX_ANSWER_BYTES = 256 * 2 ** 20

/** The cluster's scheduler. Nothing is loaded or sent before the first call. */
export function connect(cluster: Cluster, options: ConnectOptions = {}): SchedulerConnection {
  const timeoutMs = options.timeoutMs ?? timeoutOf(options.env ?? process.env)
  let caller: Promise<Caller> | undefined
  const open = () =>
    (caller ??= import('./caller.ts').then(({createCaller}) =>
      createCaller(cluster, {
        protocol: options.protocol ?? 'binary',
        userAgent: options.userAgent ?? 'Aurora V2',
        answerMs: timeoutMs,
        connectMs: Math.min(options.connectTimeoutMs ?? CONNECT_TIMEOUT_MS, timeoutMs),
        maxBytes: options.maxAnswerBytes ?? MAX_ANSWER_BYTES,
        retry: options.retry,
        log: options.log ?? (() => {}),
      }),
    ))
  const methods = Object.keys(METHODS) as MethodName[]
  const baseUrl = () => displayBase(cluster)
  return {
    cluster,
    api: Object.fromEntries(
      methods.map((method) => [method, async (...args: unknown[]) => (await open()).call(method, args)]),
    ) as unknown as SchedulerApi,
    baseUrl,
    async jobUrl({role, environment, name}, updateId) {
      const parts = [role, environment, name, ...(updateId === undefined ? [] : ['update', updateId])]
      const path = parts.filter((part) => part !== undefined).map(encodeURIComponent)
      return new URL(['scheduler', ...path].join('/'), await baseUrl())
    },
    close() {
      // Why it was never opened is told to whoever called.
      void caller?.then(
        (opened) => opened.close(),
        () => {},
      )
    },
  }
}

/** proxy_url is for clusters that are found through ZooKeeper (reference/clusters.md §9). */
async function displayBase(cluster: Cluster): Promise<URL> {
  const url = cluster.zk !== undefined && cluster.proxyUrl !== undefined ? new URL(cluster.proxyUrl) : await locate(cluster)
  url.username = url.password = ''
  return url
}

function timeoutOf(env: NodeJS.ProcessEnv): number {
  const text = env['AURORA_RPC_TIMEOUT']
  if (!text) return DEFAULT_TIMEOUT_MS
  const ms = parseDuration(text)
  if (ms > 0) return ms
  throw new UserError(`AURORA_RPC_TIMEOUT must be more than nothing, not '${text}'`, {code: 'scheduler.timeout-invalid'})
}
