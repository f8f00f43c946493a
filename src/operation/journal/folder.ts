import {lstatSync, mkdirSync, readdirSync, rmSync} from 'node:fs'
import {join} from 'node:path'
import {UserError} from '../../model/errors.ts'
import {ExitCode} from '../../model/exit-code.ts'
import {stateFolder} from '../../model/state-folder.ts'

const KEPT_RUNS = 200
const DAY_MS = 86_400_000
const KEPT_MS = 30 * DAY_MS

/** `mdwq3k1a-3fz`, and with `.2` behind it the second attempt. */
const FILE = /^([0-9a-z]{8,}-[0-9a-z]+)(?:\.(\d{1,4}))?\.jsonl$/

const DRAFT = /^[0-9a-z]{8,}-[0-9a-z.]+\.draft$/

/** Where the journals of runs are. */
export function runsFolder(env: NodeJS.ProcessEnv): string {
  return join(stateFolder(env), 'runs')
}

/** An id that sorts by time. */
export function newRunId(): string {
  return `${Date.now().toString(36)}-${process.pid.toString(36)}`
}

/** When a run was begun, by its id. */
function begun(id: string): number {
  return Number.parseInt(id, 36)
}

export function journalFile(folder: string, id: string, attempt: number): string {
  return join(folder, attempt === 1 ? `${id}.jsonl` : `${id}.${attempt}.jsonl`)
}

/** The runs with a journal, newest first, each with how many attempts it has. */
export function listRuns(folder: string): Map<string, number> {
  const runs = new Map<string, number>()
  for (const name of namesIn(folder).toSorted().toReversed()) {
    const [, id, attempt = '1'] = FILE.exec(name) ?? []
    if (id !== undefined) runs.set(id, Math.max(runs.get(id) ?? 0, Number(attempt)))
  }
  return runs
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

/** Makes the folder, for the user alone. @throws UserError when it is somebody else's */
export function prepareFolder(folder: string): void {
  mkdirSync(folder, {recursive: true, mode: 0o700})
  assureOwn(folder)
}

/** @throws UserError for a file or folder that is another user's, or that others may write to: it would say what we are to do */
export function assureOwn(path: string): void {
  const {uid, mode} = lstatSync(path)
  if (uid === process.getuid?.() && (mode & 0o022) === 0) return
  throw new UserError(`${path} is not yours alone`, {
    code: 'run.not-own',
    exitCode: ExitCode.commandFailure,
    remedy: 'What is recorded of a run is read and written only where nobody else can. AURORA_STATE_DIR names another folder.',
  })
}

/** Forgets what is old: all but the newest runs, and those of more than a month ago. */
export function pruneRuns(folder: string, now: number): void {
  for (const [index, [id, attempts]] of [...listRuns(folder)].entries()) {
    if (index < KEPT_RUNS && now - begun(id) <= KEPT_MS) continue
    for (let attempt = attempts; attempt >= 1; attempt--) rmSync(journalFile(folder, id, attempt), {force: true})
  }
  // Of processes that were killed the moment they began one.
  for (const name of namesIn(folder)) if (DRAFT.test(name) && now - begun(name) > DAY_MS) rmSync(join(folder, name), {force: true})
}
