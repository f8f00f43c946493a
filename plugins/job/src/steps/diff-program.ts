import {execFile} from 'node:child_process'
import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {ExitCode, UserError} from '@auroractl/cli'

const MAX_OUTPUT_BYTES = 64 << 20

/** How two texts differ, in the words of the user's program: DIFF_VIEWER, or `diff` (reference/commands.md §5.8). @throws UserError (exit 4) */
export async function textDiff(remote: string, local: string, signal: AbortSignal): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'aurora-diff-'))
  try {
    const files = await Promise.all(
      Object.entries({remote, local}).map(async ([name, text]) => {
        const file = join(folder, name)
        await writeFile(file, text, {mode: 0o600})
        return file
      }),
    )
    return await run(process.env['DIFF_VIEWER'] || 'diff', files, signal)
  } finally {
    await rm(folder, {recursive: true, force: true})
  }
}

function run(program: string, files: string[], signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, files, {signal, maxBuffer: MAX_OUTPUT_BYTES}, (error, stdout, stderr) => {
      // As diff does: 0 if they are the same, 1 if not.
      if (!error || error.code === 1) return resolve(stdout)
      if (signal.aborted) return reject(error)
      const why = error.code === 'ENOENT' ? `there is no program '${program}'` : stderr.trim() || error.message
      reject(
        new UserError(`Error running diff: ${why}`, {
          code: 'job.diff-program',
          exitCode: ExitCode.commandFailure,
          remedy: 'DIFF_VIEWER names the program that compares two files; without it, diff does.',
        }),
      )
    })
  })
}
