import {Errno} from '../errno.ts'
import {PythonTrap} from '../errors.ts'
import type {Guest, Imports} from '../guest.ts'
import {clockImports} from './clock.ts'
import {fileImports} from './files.ts'
import {streamImports} from './streams.ts'
import {systemImports} from './system.ts'

/**
 * Every import of the module, bound to `guest`. What plain Python does not need (sockets, processes, JavaScript) fails: these functions are
 * the whole sandbox.
 */
export function linkImports(module: WebAssembly.Module, guest: Guest): Record<string, Record<string, WebAssembly.ImportValue>> {
  const offered: Imports = {...streamImports(guest), ...fileImports(guest), ...clockImports(guest), ...systemImports(guest)}
  const known = new Map<string, Function>(Object.entries(offered))
  const unresolvedAddress = new WebAssembly.Global({value: 'i32', mutable: true}, 0)
  const linked: Record<string, Record<string, WebAssembly.ImportValue>> = {}
  for (const {module: group, name, kind} of WebAssembly.Module.imports(module)) {
    linked[group] ??= {}
    linked[group][name] = kind === 'global' ? unresolvedAddress : (known.get(name) ?? refusal(name))
  }
  return linked
}

function refusal(name: string): () => number | null {
  if (name.startsWith('__syscall_')) return () => -Errno.ENOSYS
  // Hooks that Pyodide put before calls of the C library; an empty answer lets the library go on to the (refused) system call.
  if (name.startsWith('_maybe_')) return () => null
  if (name.startsWith('_try_')) return () => 0
  return () => {
    throw new PythonTrap('blocked', `Python called ${name}, which the sandbox does not offer`)
  }
}
