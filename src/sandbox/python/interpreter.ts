import {closeSync, openSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import type {Json} from '../../model/json.ts'
import {PythonError, PythonTrap, readException} from './errors.ts'
import type {PythonException} from './errors.ts'
import {answerHost} from './host-channel.ts'
import type {HostHandlers} from './host-channel.ts'
import type {Files} from './file-system.ts'
import type {Used} from './guest.ts'
import {ImageFile, readManifest} from './image-manifest.ts'
import {Machine} from './machine.ts'
import {restoreSnapshot} from './snapshot.ts'

export const MAX_MEMORY_BYTES = 256 << 20
export const MAX_REQUEST_BYTES = 32 << 20
export const STDLIB_PATH = '/lib/python314.zip'

export interface InterpreterOptions {
  /** The folder of an image (see ensurePythonImage). */
  image: string
  /** What Python may call with `aurora_host.call(name, …)`. */
  host?: HostHandlers
  /** Files of the host that Python may look at; it sees its own library besides. */
  files?: Files
  /** The whole of `os.environ`. */
  environment?: Readonly<Record<string, string>>
  /** `sys.argv`. */
  args?: readonly string[]
  /** What Python prints, in the chunks in which it flushes. */
  output?: (stream: 'stdout' | 'stderr', bytes: Uint8Array) => void
  /** Asked now and then while Python runs; true raises KeyboardInterrupt, which a program may catch. */
  interrupted?: () => boolean
}

type Task =
  ['restore', Readonly<Record<string, string>>, readonly string[]] | ['run', string, string] | ['call', string, string, readonly Json[]]
type Outcome = {ok: true; value: Json} | {ok: false; exception: PythonException}

/** A Python interpreter, restored from an image. Not to be called from inside one of its host handlers. */
export class Interpreter {
  readonly #machine: Machine
  #task: Task | undefined
  #outcome: Outcome | undefined
  #lost = false

  constructor(options: InterpreterOptions) {
    const path = (name: string): string => join(options.image, name)
    const manifest = readManifest(options.image)
    const handlers: HostHandlers = {
      ...options.host,
      '@task': () => this.#task as unknown as Json,
      '@done': (ok, value = null) => void (this.#outcome = ok === true ? {ok, value} : {ok: false, exception: readException(value)}),
    }
    this.#machine = new Machine(new WebAssembly.Module(readFileSync(path(ImageFile.wasm))), {
      files: new Map([[STDLIB_PATH, once(() => readFileSync(path(ImageFile.stdlib)))]]),
      hostFiles: options.files,
      environment: {},
      maxBytes: MAX_MEMORY_BYTES,
      maxRequestBytes: MAX_REQUEST_BYTES,
      host: (request) => answerHost(handlers, request),
      output: options.output ?? (() => {}),
      interrupted: options.interrupted,
    })
    const snapshot = openSync(path(ImageFile.memory), 'r')
    try {
      restoreSnapshot(this.#machine, manifest.snapshot, snapshot)
    } finally {
      closeSync(snapshot)
    }
    // The image carries a channel that is open already, with the number that the first open gets.
    this.#machine.guest.descriptors.add({kind: 'host', reply: new Uint8Array(), position: 0})
    this.#perform(['restore', options.environment ?? {}, options.args ?? ['']])
    this.used.clear()
  }

  /** What Python has looked at that is not the same in every run. */
  get used(): Set<Used> {
    return this.#machine.guest.used
  }

  /** Sets the current directory. */
  enter(directory: string): void {
    this.#machine.guest.directory = directory
  }

  /** Runs a source as the file `file` in a namespace of its own. Throws PythonError, or PythonTrap when the interpreter is lost. */
  run(source: string, file: string): void {
    this.#perform(['run', source, file])
  }

  /** Calls a function of a module that is loaded (a prelude, `builtins`), with plain data, and returns its result, which must be plain data. */
  call(module: string, name: string, ...args: Json[]): Json {
    return this.#perform(['call', module, name, args])
  }

  #perform(task: Task): Json {
    if (this.#task) throw new Error('the Python interpreter was called from inside a host call')
    if (this.#lost) throw new PythonTrap('trap', 'the Python interpreter is lost; start a new one')
    this.#task = task
    this.#outcome = undefined
    this.#lost = true
    try {
      const performed = this.#machine.execute('import aurora_host; aurora_host._perform()')
      return this.#result(performed)
    } finally {
      this.#task = undefined
    }
  }

  #result(performed: boolean): Json {
    const outcome = this.#outcome
    // A program can take the module `aurora_host` apart, and thereby only its own way to the host.
    if (!performed || !outcome) throw new PythonTrap('trap', 'the Python program broke its connection to the host')
    this.#lost = false
    if (!outcome.ok) throw new PythonError(outcome.exception)
    return outcome.value
  }
}

function once<T>(make: () => T): () => T {
  let made: {value: T} | undefined
  return () => (made ??= {value: make()}).value
}
