import {safeLine} from '@auroractl/cli'
import type {HookList, ListedHook} from '../operations/list.ts'
import {conditionText} from './plugin.ts'

const HEADER = ['HOOK', 'KIND', 'SOURCE', 'POINTS', 'POWERS', 'WHEN', 'STATE']

/** The hooks as a table, then why some of them are blocked. */
export function hookTable({hooks}: HookList): string {
  if (hooks.length === 0) return 'No installed plugin brings hooks.\n'
  const rows = [HEADER, ...hooks.map(row)].map((cells) => cells.map((cell) => safeLine(cell)))
  const widths = HEADER.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)))
  const lines = rows.map((cells) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  const reasons = hooks.flatMap(({name, blocked}) => (blocked === undefined ? [] : [safeLine(`${name} is blocked: ${blocked}`)]))
  return [...lines, ...(reasons.length > 0 ? ['', ...reasons] : []), ''].join('\n')
}

function row({name, source, kind, on, needs, when, state}: ListedHook): string[] {
  return [name, kind, source, on.join(','), Object.keys(needs).join(',') || '-', conditionText(when) || '-', state]
}
