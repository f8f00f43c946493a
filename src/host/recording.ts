import type {Emit} from '../model/events.ts'
import {newRunId, runsFolder} from '../operation/journal/folder.ts'
import {Journal} from '../operation/journal/journal.ts'
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

/** How many operations this process has run. */
let count = 0

/** Records a run of an operation. A dry run does nothing, so there is nothing to record of it. */
export function recordRun(options: {
  operation: string
  command: CommandWords
  user: string
  version: string
  dryRun: boolean
  show: Emit
}): Recording {
  const {operation, command, user, version, dryRun, show} = options
  const run = newRunId()
  const nth = count++
  if (dryRun) return {run, emit: show, record: undefined, end: () => {}}
  const journal = new Journal({
    folder: runsFolder(process.env),
    description: {run, operation, nth, command: command.id, argv: command.argv, user, version},
    mask: (text) => masker.text(text),
    warn: (text) => show({type: 'log', level: 'warn', text}),
  })
  const emit: Emit = (event) => {
    journal.hear(event)
    show(event)
  }
  return {run, emit, record: journal, end: () => journal.close()}
}
