import {spawn} from 'node:child_process'
import {closeSync, openSync} from 'node:fs'
import {setTimeout as delay} from 'node:timers/promises'
import {isPump} from './log-pump.ts'
import {bootId, commandLineOf, type ProcessEntry, processTable, readProcess} from './proc.ts'
import {readRunRecord, type RunEnd} from './run-record.ts'
import {killUntilGone, type Leader, sessionMembers, withDescendants} from './tree.ts'

/**
 * Leads the session of one run, outlives the daemon, and writes how the run ended. Its record is created exclusively: whoever creates it
 * decides whether the process runs, so that a daemon that comes back can call off a coordinator that has not begun. `set -m` gives the
 * process a group of its own with the default signals, and is taken back at once so that a stopped process is simply waited for; POSIX mode
 * makes `wait` return as the process ends, before the shell forgets how. Descriptors that somebody left open in us go no further.
 */
const COORDINATOR = `set -C -o posix
umask 077
for fd in /proc/$$/fd/*; do
  fd=\${fd##*/}
  [ "$fd" -le 2 ] || eval "exec $fd>&-"
done
exec 3>"$0" || exit 1
read -r stat </proc/$$/stat
read -r boot </proc/sys/kernel/random/boot_id
printf '%s %s\\n' "$boot" "$stat" >&3
trap 'jobs %1 >&3; ended=1' CHLD
set -m
"$@" 3>&- &
set +m
until [ "$ended" ]; do wait $!; status=$?; done 2>/dev/null
printf 'end %s\\n' "$status" >&3`

const LOST: RunEnd = {result: 'LOST', detail: 'nothing is known of it'}

/** One run of a process, from the outside. */
export interface Run {
  /** The coordinator; nothing, until it is known. */
  leader(): Leader | undefined
  /** How it ended; by then nothing of its session lives. Never rejects. */
  readonly ended: Promise<RunEnd>
}

/** Starts a run; `record` is the file that the coordinator writes, `sandbox` its working directory and the HOME that marks all that is ours. */
export function startRun(record: string, sandbox: string, command: readonly string[]): Run {
  const child = spawn('/bin/bash', ['-c', COORDINATOR, record, ...command], {
    cwd: sandbox,
    env: {HOME: sandbox},
    detached: true,
    stdio: 'ignore',
  })
  const gone = new Promise<RunEnd | undefined>((resolve) => {
    child.once('exit', () => resolve(undefined))
    child.once('error', (error: NodeJS.ErrnoException) => {
      // A machine that is short of processes or memory may have some later; anything else would fail for ever.
      const passing = error.code === 'EAGAIN' || error.code === 'ENOMEM'
      if (child.pid === undefined) resolve({result: passing ? 'LOST' : 'FAILED', detail: error.message})
    })
  })
  return {leader: () => leaderOf(record), ended: gone.then((failure) => failure ?? conclude(record))}
}

/** Takes over a run of an earlier daemon. */
export function adoptRun(record: string, pollInterval: number): Run {
  return {leader: () => leaderOf(record), ended: awaitAdopted(record, pollInterval)}
}

async function awaitAdopted(record: string, pollInterval: number): Promise<RunEnd> {
  if (callOff(record)) return LOST
  // Between the creation of its record and the first line the coordinator is alive; if it is not, it never got there.
  while (readRunRecord(record)?.begun === undefined && isCoordinated(record)) await delay(20)
  const begun = readRunRecord(record)?.begun
  if (begun === undefined || begun.boot !== bootId()) return LOST
  const {pid, startTime} = begun.coordinator
  while (readProcess(pid)?.startTime === startTime) await delay(pollInterval)
  return conclude(record)
}

/** Creates the record in the coordinator's place, if there is none: it will not begin then. */
function callOff(record: string): boolean {
  try {
    closeSync(openSync(record, 'wx', 0o600))
    return true
  } catch {
    return false
  }
}

function isCoordinated(record: string): boolean {
  return [...processTable().keys()].some((pid) => commandLineOf(pid).includes(`\0${record}\0`))
}

async function conclude(record: string): Promise<RunEnd> {
  const leader = leaderOf(record)
  if (leader !== undefined) await endSession(leader)
  return readRunRecord(record)?.end ?? LOST
}

/** Whatever a process leaves in its session dies with it (reference/thermos.md §5). */
async function endSession(leader: Leader): Promise<void> {
  await killUntilGone(() => withoutPumps(sessionMembers([leader])))
  // The pumps of its output have the end of their input before them now.
  for (let turn = 0; turn < 100 && sessionMembers([leader]).length > 0; turn++) await delay(20)
  await killUntilGone(() => sessionMembers([leader]))
}

function withoutPumps(members: readonly ProcessEntry[]): ProcessEntry[] {
  const table = new Map(members.map((entry) => [entry.pid, entry]))
  const pumps = withDescendants(
    members.filter(({pid}) => isPump(commandLineOf(pid))),
    table,
  )
  return members.filter((entry) => !pumps.includes(entry))
}

function leaderOf(record: string): Leader | undefined {
  const begun = readRunRecord(record)?.begun
  return begun !== undefined && begun.boot === bootId() ? begun.coordinator : undefined
}
