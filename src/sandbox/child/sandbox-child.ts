import type {ChildProcess} from 'node:child_process'
import type {Socket} from 'node:net'
import type {Json} from '../../model/json.ts'
import {Deadline} from './deadline.ts'
import {launch, PARENT_FD} from './launch.ts'
import type {LaunchOptions} from './launch.ts'
import {Peer} from './peer.ts'
import {exitError, SandboxError} from './sandbox-error.ts'

const STDERR_CHARACTERS = 65_536
const WALL_MILLISECONDS = 30_000
const CPU_SECONDS = 300

export interface SandboxChildOptions extends Omit<LaunchOptions, 'cpuSeconds'> {
  /** Answers the requests of the child. */
  onRequest?: (body: Json) => Promise<Json> | Json
  /** Whether the time that an answer takes is counted against the child; by default it is not. */
  counts?: (body: Json) => boolean
  /** The most time for one request, unless the request says otherwise. */
  wallMilliseconds?: number
  /** The most processor time for the whole life of the child. */
  cpuSeconds?: number
  maxMessageBytes?: number
}

interface Running {
  process: ChildProcess
  socket: Socket
  peer: Peer
}

/**
 * A process for code that is not trusted. It fails once and for all: after a SandboxError, start another. It never keeps the command alive while
 * no request is under way, and dies with it.
 */
export class SandboxChild {
  readonly #options: SandboxChildOptions
  readonly #deadlines = new Set<Deadline>()
  #running: Running | undefined
  #failure: SandboxError | undefined
  #stderr = ''
  /** Requests whose time is not counted. */
  #patient = 0

  constructor(options: SandboxChildOptions) {
    this.#options = options
  }

  /** Starts the process, without waiting for it; worth calling as soon as it is known that the child will be needed. */
  start(): void {
    if (!this.#failure) this.#start()
  }

  /** Sends a request and waits for its answer. Throws RequestFailed when the child's handler threw, SandboxError when the child is lost. */
  async request(body: Json, options: {wallMilliseconds?: number} = {}): Promise<Json> {
    if (this.#failure) throw this.#failure
    const {peer} = this.#start()
    const limit = options.wallMilliseconds ?? this.#options.wallMilliseconds ?? WALL_MILLISECONDS
    const deadline = new Deadline(limit, () => this.#fail('timeout', `the sandbox did not answer within ${limit / 1000} s`))
    this.#deadlines.add(deadline)
    this.#hold()
    if (this.#patient === 0) deadline.run()
    try {
      return await peer.request(body)
    } finally {
      deadline.stop()
      this.#deadlines.delete(deadline)
      this.#hold()
    }
  }

  /** Ends the process now. Requests that have no answer fail. */
  stop(): void {
    this.#fail('crash', 'the sandbox was stopped')
  }

  #start(): Running {
    if (this.#running) return this.#running
    const child = launch({cpuSeconds: CPU_SECONDS, ...this.#options})
    const socket = child.stdio[PARENT_FD] as Socket
    const peer = new Peer({
      socket,
      onRequest: (body) => this.#answer(body),
      onProtocolError: (error) => this.#fail('protocol', `the sandbox broke the protocol: ${error.message}`),
      ...(this.#options.maxMessageBytes === undefined ? {} : {maxMessageBytes: this.#options.maxMessageBytes}),
    })
    this.#running = {process: child, socket, peer}
    this.#watch(child)
    this.#hold()
    return this.#running
  }

  #watch(child: ChildProcess): void {
    dieWithUs(child)
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr += text.slice(0, STDERR_CHARACTERS - this.#stderr.length)
    })
    child.once('error', (error) => this.#end(new SandboxError('crash', `the sandbox could not be started: ${error.message}`)))
    child.once('close', (code, signal) => {
      alive.delete(child)
      this.#end(exitError(code, signal, this.#stderr))
    })
  }

  async #answer(body: Json): Promise<Json> {
    const {onRequest, counts} = this.#options
    if (!onRequest) throw new Error('this sandbox has nobody to ask')
    if (counts?.(body)) return onRequest(body)
    this.#patient++
    for (const deadline of this.#deadlines) deadline.stop()
    try {
      return await onRequest(body)
    } finally {
      this.#patient--
      if (this.#patient === 0) for (const deadline of this.#deadlines) deadline.run()
    }
  }

  #fail(kind: SandboxError['kind'], message: string): void {
    this.#end(new SandboxError(kind, message, this.#stderr))
    this.#running?.process.kill('SIGKILL')
    this.#running?.socket.destroy()
  }

  /** The first failure is the one that counts. */
  #end(failure: SandboxError): void {
    this.#failure ??= failure
    this.#running?.peer.abandon(this.#failure)
  }

  /** Lets the process keep the command alive while a request is under way, and only then. */
  #hold(): void {
    if (!this.#running) return
    const {process: child, socket} = this.#running
    const stderr = child.stderr as Socket | null
    const how = this.#deadlines.size > 0 ? 'ref' : 'unref'
    child[how]()
    socket[how]()
    stderr?.[how]()
  }
}

const alive = new Set<ChildProcess>()

/** A child notices that we are gone when it next looks at its connection; one that computes might not look. */
function dieWithUs(child: ChildProcess): void {
  if (!process.listeners('exit').includes(killAll)) process.once('exit', killAll)
  alive.add(child)
}

function killAll(): void {
  for (const child of alive) child.kill('SIGKILL')
}
