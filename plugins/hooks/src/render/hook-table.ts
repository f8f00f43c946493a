import {describeCondition, safeLine} from '@auroractl/cli'
import type {HookList, ListedHook} from '../operations/list.ts'
import {table} from './table.ts'

const HEADER = ['HOOK', 'KIND', 'SOURCE', 'POINTS', 'POWERS', 'WHEN', 'STATE']

/** The hooks as a table, then why some of them are blocked. */
export function hookTable({hooks}: HookList): string {
  if (hooks.length === 0) return 'There are no hooks: no installed plugin brings any, nor does a file here.\n'
  const reasons = hooks.flatMap(({name, blocked}) => (blocked === undefined ? [] : [safeLine(`${name} is blocked: ${blocked}`)]))
  return [...table([HEADER, ...hooks.map(row)]), ...(reasons.length > 0 ? ['', ...reasons] : []), ''].join('\n')
}

function row({name, source, kind, on, needs, when, state}: ListedHook): string[] {
  return [name, kind, source, on.join(','), Object.keys(needs).join(',') || '-', describeCondition(when) || '-', state]
}
