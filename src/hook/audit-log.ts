import {mkdir, open} from 'node:fs/promises'
import {constants} from 'node:fs'
import {dirname} from 'node:path'
import {UserError} from '../model/errors.ts'
import {ExitCode} from '../model/exit-code.ts'

/** Hooks that did not run because the user said so. */
export interface SkipRecord {
  time: string
  user: string
  operation: string
  /** The job's key, where there is one. */
  job?: string
  dryRun: boolean
  hooks: readonly {hook: string; source: string}[]
  /** `--skip-reason`. */
  reason?: string
}

/** Adds to the record of skips: a JSON line, in a file for the user alone. @throws UserError when it cannot be written: then nothing is skipped */
export async function recordSkip(file: string, record: SkipRecord): Promise<void> {
  try {
    await mkdir(dirname(file), {recursive: true, mode: 0o700})
    const {O_APPEND, O_CREAT, O_WRONLY, O_NOFOLLOW} = constants
    const handle = await open(file, O_APPEND | O_CREAT | O_WRONLY | O_NOFOLLOW, 0o600)
    try {
      await handle.appendFile(`${JSON.stringify(record)}\n`)
    } finally {
      await handle.close()
    }
  } catch (cause) {
    throw new UserError(
      `Hooks are not skipped, since that cannot be recorded in ${file}: ${cause instanceof Error ? cause.message : String(cause)}`,
      {
        code: 'skip-hooks.not-recorded',
        exitCode: ExitCode.commandFailure,
        remedy: 'See that the file is yours and can be written; AURORA_STATE_DIR says in which folder it is.',
        cause,
      },
    )
  }
}
