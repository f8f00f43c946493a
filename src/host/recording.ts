import {UserError} from '../model/errors.ts'
import type {Emit} from '../model/events.ts'
import {ExitCode} from '../model/exit-code.ts'
import {newRunId, runsFolder} from '../operation/journal/folder.ts'
import {Journal} from '../operation/journal/journal.ts'
import {pastRun} from '../operation/journal/past-run.ts'
import type {RecordedRun} from '../operation/journal/read-run.ts'
import type {RunRecord} from '../operation/run-record.ts'
import {masker} from './masker.ts'

/** A command and its words as typed, with the flags spelt out. */
export interface CommandWords {
  id: string
  argv: readonly string[]
}

interface Recording {
  run: string
  /** Tells the record of what happens, then whoever shows it. */
  emit: Emit
  record: RunRecord | undefined
  end(): void
}

interface RecordingRequest {
  operation: string
  command: CommandWords
  user: string
  version: string
  dryRun: boolean
  show: Emit
}

/** How many operations this process has run. */
let count = 0
let resumed: RecordedRun | undefined

/** Makes the next operation of this process one that goes on with a run. */
export function goOnWith(run: RecordedRun): void {
  resumed = run
  count = 0
}

/** Records a run of an operation. A dry run does nothing, so there is nothing to record of it. @throws UserError when the run cannot be resumed */
export function recordRun({dryRun, show, ...about}: RecordingRequest): Recording {
  const earlier = resumed && earlierRun(resumed, about)
  const begunWith = resumed?.attempts[0].header.version
  const warn = (text: string) => show({type: 'log', level: 'warn', text})
  if (begunWith !== undefined && begunWith !== about.version) warn(`The run was begun with version ${begunWith} of the client`)
  resumed = undefined
  const run = earlier?.run ?? newRunId()
  const {command, ...rest} = about
  const journal = new Journal({
    folder: runsFolder(process.env),
    description: {run, nth: count++, command: command.id, argv: command.argv, ...rest},
    mask: (text) => masker.text(text),
    warn,
    ...(earlier ? {resumed: earlier} : {}),
  })
  if (dryRun) return {run, emit: show, record: earlier && journal, end: () => {}}
  if (earlier) journal.begin()
  const emit: Emit = (event) => {
    journal.hear(event)
    show(event)
  }
  return {run, emit, record: journal, end: () => journal.close()}
}

function earlierRun({id, attempts}: RecordedRun, {operation}: {operation: string}) {
  const [{header}] = attempts
  if (header.operation !== operation) {
    throw new UserError(`The command runs ${operation} now; when the run was begun, it ran ${header.operation}`, {
      code: 'run.differs',
      exitCode: ExitCode.commandFailure,
    })
  }
  return {run: id, salt: header.salt, attempt: attempts.length + 1, past: pastRun(attempts)}
}
