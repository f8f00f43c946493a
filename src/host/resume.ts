import {UserError} from '../model/errors.ts'
import {ExitCode} from '../model/exit-code.ts'
import {givenWords} from '../operation/journal/given-words.ts'
import type {RecordedRun} from '../operation/journal/read-run.ts'
import {readCatalogue} from './catalogue.ts'
import {ownCommandsOfHost, runOwnCommand} from './own-command.ts'
import {goOnWith} from './recording.ts'

export interface ResumeRequest {
  run: RecordedRun
  /** `name=value`, as when the run was begun. */
  bindings: readonly string[]
  /** Further options for the command. */
  options: readonly string[]
}

/** Runs the command of a recorded run where it was run, to go on with what it has not done. Gives its exit code. */
export async function resumeRun({run, bindings, options}: ResumeRequest): Promise<number> {
  const {header} = run.attempts[0]
  const words = givenWords(header, bindings)
  const end = words.includes('--') ? words.indexOf('--') : words.length
  const argv = [...words.slice(0, end), ...options, ...words.slice(end)]
  enter(header.cwd)
  goOnWith(run)
  const own = ownCommandsOfHost()
  if (own && Object.hasOwn(own, header.command)) return runOwnCommand(header.command, own, argv)
  const {runWithPlugins} = await import('./plugin-host.ts')
  return runWithPlugins([...header.command.split(':'), ...argv], readCatalogue())
}

function enter(folder: string): void {
  try {
    process.chdir(folder)
  } catch (cause) {
    throw new UserError(`The folder in which the run was begun cannot be entered: ${folder}`, {
      code: 'run.folder',
      exitCode: ExitCode.commandFailure,
      cause,
    })
  }
}
