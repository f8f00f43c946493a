import {UserError} from '../../model/errors.ts'
import type {RecordedRun} from './read-run.ts'

/** @throws UserError unless the run was cut short, or has something left that it did not come to */
export function assureResumable({id, attempts, status}: RecordedRun): void {
  const [{header}] = attempts
  const last = (attempts.at(-1) ?? attempts[0]).header
  const refuse = (code: string, why: string, remedy: string): never => {
    throw new UserError(`The run ${id} ${why}`, {code, remedy})
  }
  if (status === 'applied') refuse('run.ended', 'has done all that it was to do', `See 'aurora runs show ${id}'.`)
  if (status === 'not-applied') refuse('run.ended', 'ended without having changed anything', 'Run the command again.')
  if (status === 'running') refuse('run.running', `is still running, as process ${last.process.pid}`, 'Wait for it, or end it.')
  if (status === 'elsewhere')
    refuse('run.elsewhere', `is one of ${last.process.host}`, 'Resume it there: only there can be seen whether it has ended.')
  if (header.nth > 0) {
    refuse(
      'run.part',
      'is a part of a command that had done others before',
      'Look at what it has done, and run the command for what is left.',
    )
  }
}
