import {safeText} from '@auroractl/cli'
import type {Range} from '@auroractl/cli/thrift'
import type {JobDifference} from '../steps/compare-with-running.ts'

/** What an update would do, group by group (reference/commands.md §5.8). */
export function differenceText({add, remove, update, unchanged}: JobDifference): string {
  const lines = [
    'This job update will:',
    ...group('add instances', add),
    ...group('remove instances', remove),
    ...update.flatMap(({instances, diff}) => [...group('update instances', instances), ...diffLines(diff)]),
    ...group('not change instances', unchanged),
  ]
  return lines.map((line) => `${line}\n`).join('')
}

function diffLines(diff: string): string[] {
  if (diff === '') return ['though their configuration means the same: only its spelling differs']
  return ['with diff:', '', safeText(diff).trimEnd(), '']
}

function group(heading: string, ranges: readonly Range[]): string[] {
  const shown = ranges.map(({first, last}) => (first === last ? `[${first}]` : `[${first}-${last}]`))
  return shown.length > 0 ? [`${heading}: ${shown.join(', ')}`] : []
}
