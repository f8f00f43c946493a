import {safeLine} from '@auroractl/cli'
import type {ListedRun} from '../operations/list.ts'

/** A line a run: id, when, how it ended, the command. */
export function runTable(runs: readonly ListedRun[]): string {
  if (runs.length === 0) return 'No run is recorded.\n'
  const width = Math.max(...runs.map(({status}) => status.length))
  return runs
    .map(({id, status, started, command, problem}) => {
      const when = started === undefined ? ' '.repeat(19) : started.slice(0, 19).replace('T', ' ')
      return `${id}  ${safeLine(when)}  ${status.padEnd(width)}  ${safeLine(command ?? problem ?? '', 200)}\n`
    })
    .join('')
}
