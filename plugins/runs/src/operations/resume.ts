import {operation, type RecordedRun, recordedRuns, step} from '@auroractl/cli'
import {readRecord} from './show.ts'

const assureResumable = step<{run: RecordedRun}, object>({
  name: 'see whether it can be gone on with',
  async run({run}) {
    const runs = await recordedRuns()
    runs.assureResumable(run)
    return {}
  },
})

/** Finds a run that can be gone on with; its command then runs with its own operation, and the hooks of that. */
export const findResumable = operation<'runs.resume', {id: string}>('runs.resume')
  .read(readRecord)
  .read(assureResumable)
  .hooks(({id, run}) => ({options: {run: id, operation: run.attempts[0].header.operation}}))
  .returns(({run}) => run)

declare module '@auroractl/cli' {
  interface Operations {
    'runs.resume': {options: {run: string; operation: string}}
  }
}
