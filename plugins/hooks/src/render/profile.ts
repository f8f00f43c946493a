import type {Profile, Spread} from '@auroractl/cli'
import {table} from './table.ts'

const HEADER = ['HOOK', 'SOURCE', 'ASKED', 'DENIED', 'FAILED', 'TIME', 'P95', 'MAX', 'CPU', 'HEAP', 'MAX HEAP']

/** Times in milliseconds, heaps in kilobytes; the middle one of all runs where nothing else is said. */
export function profileText({runs, hooks}: Profile): string {
  if (hooks.length === 0) return runs === 0 ? 'No past run asked a hook.\n' : 'No past run asked this hook.\n'
  const rows = hooks.map(({hook, source, asked, denied, failed, ms, cpuMs, heapKb}) => [
    hook,
    source,
    ...[asked, denied, failed].map(String),
    ...[ms.median, ms.p95, ms.max].map(milliseconds),
    ...[cpuMs].map((spread: Spread | undefined) => (spread ? milliseconds(spread.median) : '-')),
    ...(heapKb ? [heapKb.median, heapKb.max].map((kb) => `${Math.round(kb)} KB`) : ['-', '-']),
  ])
  return `${table([HEADER, ...rows]).join('\n')}\n\nFrom ${runs} ${runs === 1 ? 'run' : 'runs'}.\n`
}

const milliseconds = (ms: number) => `${ms.toFixed(1)} ms`
