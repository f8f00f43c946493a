import {readFileSync} from 'node:fs'
import {hostname} from 'node:os'

/** A process: its number alone says nothing after a while, with its start it names it. */
export interface ProcessIdentity {
  host: string
  pid: number
  start: string
}

export function ownIdentity(): ProcessIdentity {
  return {host: hostname(), pid: process.pid, start: startOf(process.pid) ?? ''}
}

/** Whether the process is still there; undefined when it is, or was, one of another machine. */
export function isAlive({host, pid, start}: ProcessIdentity): boolean | undefined {
  if (host !== hostname()) return undefined
  return startOf(pid) === start
}

/** When a process was started, as a text of its system; undefined when there is none. */
function startOf(pid: number): string | undefined {
  try {
    if (process.platform !== 'linux') {
      const {execFileSync} = process.getBuiltinModule('node:child_process')
      return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], {encoding: 'utf8'}).trim()
    }
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    // A zombie does nothing more.
    return fields[0] === 'Z' ? undefined : `${readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()} ${fields[19]}`
  } catch {
    return undefined
  }
}
