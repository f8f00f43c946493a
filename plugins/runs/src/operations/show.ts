import {operation, type RecordedRun, recordedRuns, step} from '@auroractl/cli'

/** Reads the record of a run. @throws UserError when there is none, or when it is damaged */
export const readRecord = step<{id: string}, {run: RecordedRun}>({
  name: 'read the record',
  async run({id}) {
    const {readRun, runsFolder} = await recordedRuns()
    return {run: readRun(runsFolder(process.env), id)}
  },
})

/** What is recorded of a run. */
export const showRun = operation<'runs.show', {id: string}>('runs.show')
  .read(readRecord)
  .hooks(({id}) => ({options: {run: id}}))
  .returns(({run}) => run)

declare module '@auroractl/cli' {
  interface Operations {
    'runs.show': {options: {run: string}}
  }
}
