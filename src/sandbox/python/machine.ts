import {Descriptors} from './descriptors.ts'
import {PythonTrap} from './errors.ts'
import {FileSystem, type Files} from './file-system.ts'
import {GuestMemory} from './guest-memory.ts'
import type {Guest} from './guest.ts'
import {linkImports} from './imports/link.ts'

/** The exports of the module that are used; the image keeps no others. */
export const EXPORTS: ReadonlySet<string> = new Set([
  'memory',
  '__indirect_function_table',
  '__stack_pointer',
  '__wasm_call_ctors',
  '__main_argc_argv',
  'malloc',
  'free',
  'PyRun_SimpleStringFlags',
  'emscripten_stack_get_base',
  'emscripten_stack_get_end',
  'emscripten_stack_set_limits',
  'Py_EMSCRIPTEN_SIGNAL_HANDLING',
])

export interface MachineOptions {
  files: ReadonlyMap<string, () => Uint8Array>
  /** More files, besides those. */
  hostFiles?: Files | undefined
  environment: Readonly<Record<string, string>>
  maxBytes: number
  maxRequestBytes: number
  host: Guest['host']
  output: Guest['output']
  /** Asked now and then while Python runs; true raises KeyboardInterrupt. */
  interrupted?: (() => boolean) | undefined
}

/** CPython as a WebAssembly instance with our imports around it. */
export class Machine {
  readonly guest: Guest
  readonly stackPointer: WebAssembly.Global
  readonly #exports: Record<string, WebAssembly.ExportValue>

  constructor(module: WebAssembly.Module, options: MachineOptions) {
    this.guest = {
      ...options,
      memory: new GuestMemory(options.maxBytes),
      files: new FileSystem(options.files, options.hostFiles),
      descriptors: new Descriptors(),
      directory: '/',
      used: new Set(),
      interrupted: options.interrupted ?? (() => false),
      zone: undefined,
      functionAt: (index) => table.get(index),
    }
    const {exports} = new WebAssembly.Instance(module, linkImports(module, this.guest))
    this.#exports = exports
    const table = exports['__indirect_function_table'] as WebAssembly.Table
    this.stackPointer = exports['__stack_pointer'] as WebAssembly.Global
    this.guest.memory.attach(exports['memory'] as WebAssembly.Memory)
  }

  /** Calls an exported C function; whatever ends it but a return is a trap, after which the machine must not be used again. */
  call(name: string, ...args: number[]): number {
    try {
      return (this.#exports[name] as (...args: number[]) => number)(...args)
    } catch (error) {
      throw asTrap(error)
    }
  }

  /** From now on Python asks whether it is interrupted; a snapshot remembers that. */
  enableInterrupts(): void {
    const flag = this.#exports['Py_EMSCRIPTEN_SIGNAL_HANDLING'] as WebAssembly.Global
    this.guest.memory.view.setInt32(flag.value, 1, true)
  }

  /** Copies zero-terminated text into the guest for the time of a call. */
  withText<T>(text: string, use: (pointer: number) => T): T {
    const size = Buffer.byteLength(text) + 1
    const pointer = this.call('malloc', size) >>> 0
    if (pointer === 0) throw new PythonTrap('trap', 'no memory is left for the Python program')
    this.guest.memory.putText(pointer, text, size)
    const result = use(pointer)
    this.call('free', pointer)
    return result
  }

  /** Runs source text in `__main__`; false where it raised (Python then has printed why). */
  execute(source: string): boolean {
    return this.withText(source, (pointer) => this.call('PyRun_SimpleStringFlags', pointer, 0)) === 0
  }
}

function asTrap(error: unknown): PythonTrap {
  if (error instanceof PythonTrap) return error
  if (error instanceof RangeError && /call stack/.test(error.message)) {
    return new PythonTrap('stack', 'the Python program overran its stack', {cause: error})
  }
  const message = error instanceof Error ? error.message : String(error)
  return new PythonTrap('trap', `the Python interpreter stopped: ${message}`, {cause: error})
}
