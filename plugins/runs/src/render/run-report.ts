import {type RecordedEvent, type RecordedRun, recordedRuns, type RunStatus} from '@auroractl/cli'
import {commandText} from './command-text.ts'

/** A run as data. */
export interface RunReport {
  id: string
  status: RunStatus
  resumable: boolean
  operation: string
  command: string
  folder: string
  user: string
  version: string
  started: string
  /** What there is to say when it did not do all. */
  end?: RecordedRun['end']
  /** What it changed, or was about to. */
  changes: readonly {name: string; state: 'done' | 'failed' | 'in-doubt'; findOut: string}[]
  attempts: readonly {started: string; host: string; pid: number; events: readonly RecordedEvent[]}[]
}

export async function runReport(run: RecordedRun): Promise<RunReport> {
  const {assureResumable, pastRun} = await recordedRuns()
  const {id, status, attempts, end} = run
  const {header} = attempts[0]
  return {
    id,
    status,
    resumable: holds(() => assureResumable(run)),
    operation: header.operation,
    command: commandText(header),
    folder: header.cwd,
    user: header.user,
    version: header.version,
    started: header.at,
    ...(end ? {end} : {}),
    changes: [...pastRun(attempts).effects.values()].map(({name, state, findOut}) => ({name, state, findOut})),
    attempts: attempts.map(({header: {at, process}, events}) => ({started: at, host: process.host, pid: process.pid, events})),
  }
}

function holds(assure: () => void): boolean {
  try {
    assure()
    return true
  } catch {
    return false
  }
}
