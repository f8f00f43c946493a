import {readdirSync, readFileSync, readlinkSync} from 'node:fs'

/** One line of the machine's process table. A pid alone says nothing after a while: pid and start time together name a process. */
export interface ProcessEntry {
  pid: number
  parent: number
  group: number
  session: number
  /** Clock ticks since boot. */
  startTime: number
}

export type ProcessTable = ReadonlyMap<number, ProcessEntry>

/** All that is alive (zombies are not). */
export function processTable(): ProcessTable {
  const table = new Map<number, ProcessEntry>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const entry = readProcess(Number(name))
    if (entry !== undefined) table.set(entry.pid, entry)
  }
  return table
}

/** One process, unless it is gone or a zombie. */
export function readProcess(pid: number): ProcessEntry | undefined {
  const stat = read(`/proc/${pid}/stat`)?.toString('latin1')
  return stat === undefined ? undefined : parseStat(stat)
}

/** The line of /proc/<pid>/stat; the name in parentheses may hold anything. */
export function parseStat(stat: string): ProcessEntry | undefined {
  const rest = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [state, parent, group, session] = rest
  const startTime = rest[19]
  const pid = Number.parseInt(stat, 10)
  if (state === undefined || state === 'Z' || state === 'X' || startTime === undefined || !(pid > 0)) return undefined
  return {pid, parent: Number(parent), group: Number(group), session: Number(session), startTime: Number(startTime)}
}

/** Whether the process was started with exactly this variable (`NAME=value`); no, when we may not look. */
export function hasEnvironment(pid: number, variable: string): boolean {
  const environment = read(`/proc/${pid}/environ`)
  return environment !== undefined && Buffer.concat([Buffer.of(0), environment]).includes(Buffer.from(`\0${variable}\0`))
}

/** The arguments, each followed by NUL; empty when we may not look. */
export function commandLineOf(pid: number): string {
  return read(`/proc/${pid}/cmdline`)?.toString() ?? ''
}

export function workingDirectory(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return undefined
  }
}

export function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()
}

function read(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch {
    return undefined // It ended, or belongs to somebody else.
  }
}
