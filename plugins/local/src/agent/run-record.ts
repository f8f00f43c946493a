import {readFileSync} from 'node:fs'
import type {RunResult} from './plan.ts'
import {parseStat, type ProcessEntry} from './proc.ts'

/** What a coordinator has written about one run of a process. */
export interface RunRecord {
  /** The coordinator, as it saw itself when it began; nothing, while it has not written that yet. */
  begun?: {boot: string; coordinator: ProcessEntry}
  /** How the process ended; nothing, while it runs, or if the coordinator died before it. */
  end?: RunEnd
}

export interface RunEnd {
  result: RunResult
  /** Exit code, or the name of the signal as the shell prints it. */
  detail: string
}

/** Nothing, if there is no record. */
export function readRunRecord(path: string): RunRecord | undefined {
  try {
    return parseRunRecord(readFileSync(path, 'latin1'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Only whole lines count: the last one may be in the middle of being written. */
export function parseRunRecord(text: string): RunRecord {
  const [first, ...rest] = text.split('\n').slice(0, -1)
  const space = first?.indexOf(' ') ?? -1
  // While it wrote the line, the coordinator was running, so its own state there is no zombie's.
  const coordinator = first === undefined ? undefined : parseStat(first.slice(space + 1))
  if (first === undefined || coordinator === undefined) return {}
  const end = rest.map(parseEnd).find((found) => found !== undefined)
  return {begun: {boot: first.slice(0, space), coordinator}, ...(end && {end})}
}

/**
 * `jobs` in POSIX mode says `Done`, `Done(137)` or the signal's name, so an exit code above 128 is told from a signal, which `$?` alone does
 * not tell. `end 137` is what is left when the shell had forgotten the job: then it counts as the signal.
 */
function parseEnd(line: string): RunEnd | undefined {
  const state = /^\[1\][-+ ]*\s(.*\S)\s+"\$@"/.exec(line)?.[1]?.trim()
  if (state !== undefined) {
    const code = /^Done(?:\((\d+)\))?$/.exec(state)
    if (code !== null) return exited(Number(code[1] ?? 0))
    return /^(Stopped|Running)/.test(state) ? undefined : {result: 'KILLED', detail: state}
  }
  const status = /^end (\d+)$/.exec(line)?.[1]
  if (status === undefined) return undefined
  return Number(status) > 128 ? {result: 'KILLED', detail: `signal ${Number(status) - 128}`} : exited(Number(status))
}

function exited(code: number): RunEnd {
  return {result: code === 0 ? 'SUCCESS' : 'FAILED', detail: String(code)}
}
