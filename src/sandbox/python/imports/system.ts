import {Errno} from '../errno.ts'
import {PythonTrap} from '../errors.ts'
import type {Guest, Imports} from '../guest.ts'
import {fillRandom} from './random.ts'

/** Resolver errors of getaddrinfo and getnameinfo: the name cannot be resolved. */
const EAI_NONAME = -2

const SIGINT = 2

/** Environment, randomness, memory, and the corners of a system that plain Python looks into. */
export function systemImports(guest: Guest): Imports {
  const exit = (code: number): never => {
    throw new PythonTrap('exit', `the Python process exited with status ${code}`)
  }
  const variables = (): string[] => Object.entries(guest.environment).map(([name, value]) => `${name}=${value}`)
  const functions: unknown[] = []

  return {
    proc_exit: exit,
    exit,
    _abort_js() {
      throw new PythonTrap('abort', 'the Python interpreter aborted')
    },
    __assert_fail(condition: number) {
      throw new PythonTrap('abort', `the Python interpreter aborted: ${guest.memory.text(condition >>> 0).slice(0, 200)}`)
    },
    environ_sizes_get(count: number, size: number) {
      const {view} = guest.memory
      view.setUint32(count >>> 0, variables().length, true)
      view.setUint32(
        size >>> 0,
        variables().reduce((sum, variable) => sum + Buffer.byteLength(variable) + 1, 0),
        true,
      )
      return 0
    },
    environ_get(pointers: number, buffer: number) {
      let at = buffer >>> 0
      for (const [index, variable] of variables().entries()) {
        guest.memory.view.setUint32((pointers >>> 0) + 4 * index, at, true)
        at += guest.memory.putText(at, variable, Infinity) + 1
      }
      return 0
    },
    random_get(pointer: number, length: number) {
      guest.used.add('random')
      fillRandom(guest.memory.bytes.subarray(pointer >>> 0, (pointer >>> 0) + (length >>> 0)))
      return 0
    },
    emscripten_resize_heap: (size: number) => Number(guest.memory.grow(size >>> 0)),
    emscripten_get_heap_max: () => guest.memory.maxBytes,
    _emscripten_get_progname(result: number, capacity: number) {
      guest.memory.putText(result >>> 0, 'python', capacity)
    },
    // CPython calls C functions through this one, so that a wrong signature traps here and not in the middle of itself.
    _PyEM_TrampolineCall_JS(index: number, self: number, args: number, keywords: number) {
      const target = (functions[index] ??= guest.functionAt(index)) as (self: number, args: number, keywords: number) => number
      return target(self, args, keywords)
    },
    _Py_emscripten_runtime: () => 0,
    _Py_CheckEmscriptenSignals_Helper: () => (guest.interrupted() ? SIGINT : 0),
    emscripten_runtime_keepalive_push: () => {},
    emscripten_runtime_keepalive_pop: () => {},
    _emscripten_runtime_keepalive_clear: () => {},
    __call_sighandler: () => {},
    __hiwire_deduplicate_new: () => null,
    _setitimer_js: () => 0,
    _dlopen_js: () => 0,
    _dlsym_js: () => 0,
    _emscripten_system: () => -1,
    _mmap_js: () => -Errno.ENOSYS,
    _munmap_js: () => 0,
    getaddrinfo: () => EAI_NONAME,
    getnameinfo: () => EAI_NONAME,
    getprotobyname: () => 0,
  }
}
