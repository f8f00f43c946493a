import {type ExplainedHook, formatDuration, formatJobKey, safeLine} from '@auroractl/cli'
import type {HookExplanation} from '../operations/explain.ts'
import {table} from './table.ts'

const HEADER = ['POINT', 'HOOK', 'SOURCE', 'RUNS', 'TIME', 'CPU', 'HEAP', 'SKIPPABLE', 'POWERS']

/** The hooks of an operation as a table, then what does not fit into one. */
export function explanationText({operation, job, hooks, configHooks}: HookExplanation): string {
  const what = safeLine(job ? `${operation} of ${formatJobKey(job)}` : operation)
  const around = configHooks.map(({name, source, methods}) =>
    safeLine(`${name} (${source}) is asked around calls to the scheduler: ${methods.join(', ')}`),
  )
  if (hooks.length === 0) return [`No hooks run around ${what}`, ...around, ''].join('\n')
  const own = hooks.flatMap((hook, index) =>
    hooks.findIndex(({name, source}) => sameHook(hook, {name, source})) === index ? notesOn(hook) : [],
  )
  const notes = [...own, ...around]
  const lines = table([HEADER, ...hooks.map(row)])
  return [...lines, ...(notes.length > 0 ? ['', ...notes] : []), ''].join('\n')
}

function row({point, name, source, runs, limits, skippable, powers, blocked}: ExplainedHook): string[] {
  return [
    point,
    name,
    source,
    runs === 'yes' && blocked !== undefined ? 'blocked' : runs,
    formatDuration(limits.timeoutMs),
    formatDuration(limits.cpuMs),
    `${limits.heapMb} MB`,
    skippable ? 'yes' : 'no',
    powers.length > 0 ? powers.join('; ') : '-',
  ]
}

function sameHook(a: {name: string; source: string}, b: {name: string; source: string}): boolean {
  return a.name === b.name && a.source === b.source
}

function notesOn({name, runs, because, blocked, with: given, onFailure}: ExplainedHook): string[] {
  const notes = [
    ...(because === undefined ? [] : [`${runs === 'depends' ? 'runs where' : 'does not run:'} ${because}`]),
    ...(given === undefined ? [] : [`is told ${JSON.stringify(given)}`]),
    ...(onFailure === 'ignore' ? ['lets the operation go on when it fails'] : []),
    ...(blocked === undefined ? [] : [`is blocked: ${blocked}`]),
  ]
  return notes.map((note) => safeLine(`${name} ${note}`))
}
