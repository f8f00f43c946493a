import {spawn} from 'node:child_process'
import type {ChildProcess} from 'node:child_process'
import {realpathSync} from 'node:fs'

/** The descriptor over which a child speaks with its parent. */
export const PARENT_FD = 3

export interface LaunchOptions {
  /** The program of the child: a file that Node runs, in one of the `readable` folders. */
  entry: string
  /** What the program finds behind its name in `process.argv`. */
  args?: readonly string[]
  /** What the child may read: files, or folders with everything below them. */
  readable: readonly string[]
  /** Whether it may load native addons, as isolated-vm is one. */
  addons?: boolean
  /** More flags for Node. */
  nodeFlags?: readonly string[]
  /** All of its environment; nothing of ours is inherited. */
  environment?: Readonly<Record<string, string>>
  /** Processor time after which the system ends it, even when nobody is left to watch it. */
  cpuSeconds: number
}

/**
 * Limits that the system keeps: processor time (a warning signal, which tells the cause of the end, a second before the kill), no core dumps, and
 * no bytes to files.
 */
const WITH_LIMITS = `unset PWD OLDPWD SHLVL _
{ ulimit -c 0; ulimit -f 0; ulimit -S -t "$1"; ulimit -H -t "$(($1 + 1))"; } 2> /dev/null
shift; exec "$@"`

/** Starts a child with no powers but to read what is named; its own session keeps the terminal's signals away from it. */
export function launch(options: LaunchOptions): ChildProcess {
  const node = [process.execPath, ...flags(options), real(options.entry), ...(options.args ?? [])]
  return spawn('/bin/sh', ['-c', WITH_LIMITS, 'sandbox', String(options.cpuSeconds), ...node], {
    cwd: '/',
    env: {...options.environment},
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    detached: true,
  })
}

function flags(options: LaunchOptions): string[] {
  return [
    '--permission',
    ...options.readable.map((path) => `--allow-fs-read=${real(path)}`),
    ...(options.addons ? ['--allow-addons'] : []),
    '--disable-warning=PERM0001',
    ...(options.nodeFlags ?? []),
  ]
}

/** Permissions are compared with the paths that are used, and Node runs its program by its real path: links are followed here, once. */
function real(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}
