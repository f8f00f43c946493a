import {asAuroraError, operation, recordedRuns, type RunStatus, step} from '@auroractl/cli'
import {commandText} from '../render/command-text.ts'

export interface ListedRun {
  id: string
  /** `damaged`: its record cannot be read. */
  status: RunStatus | 'damaged'
  /** When it was begun. */
  started?: string
  operation?: string
  /** The command, without what was bound. */
  command?: string
  /** 1 unless it was resumed. */
  attempts?: number
  /** Why its record cannot be read. */
  problem?: string
}

const readAll = step<object, {runs: readonly ListedRun[]}>({
  name: 'read the records',
  async run() {
    const {listRuns, readRun, runsFolder} = await recordedRuns()
    const folder = runsFolder(process.env)
    return {
      runs: [...listRuns(folder).keys()].map((id): ListedRun => {
        try {
          const {status, attempts} = readRun(folder, id)
          const {header} = attempts[0]
          return {id, status, started: header.at, operation: header.operation, command: commandText(header), attempts: attempts.length}
        } catch (thrown) {
          return {id, status: 'damaged', problem: asAuroraError(thrown).message}
        }
      }),
    }
  },
})

/** The recorded runs of the user, newest first. */
export const listRecordedRuns = operation<'runs.list', object>('runs.list')
  .read(readAll)
  .returns(({runs}) => runs)

declare module '@auroractl/cli' {
  interface Operations {
    'runs.list': {options?: Record<string, never>}
  }
}
