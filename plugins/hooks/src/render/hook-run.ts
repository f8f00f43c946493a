import {type HookRun, safeText} from '@auroractl/cli'

/** What a hook said, what it did on the way, and what it cost. */
export function hookRunText({hook, source, decision, reason, changes, hint, log, powers, ms, cpuMs, heapKb}: HookRun): string {
  const cost = [
    `${ms.toFixed(1)} ms`,
    ...(cpuMs === undefined ? [] : [`${cpuMs.toFixed(1)} ms of CPU`]),
    ...(heapKb === undefined ? [] : [`${heapKb} KB of heap`]),
  ]
  const lines = [
    `${hook} (${source}): ${decision}${reason === undefined ? '' : `: ${reason}`}`,
    ...(changes === undefined ? [] : [`  changes: ${JSON.stringify(changes)}`]),
    ...(hint === undefined ? [] : [`  hint: ${hint}`]),
    ...log.map((line) => `  log: ${line}`),
    ...powers.map(({text, planned}) => `  ${planned ? 'would' : 'did'}: ${text}`),
    ...(decision === 'not-asked' ? [] : [`  took ${cost.join(', ')}`]),
  ]
  return lines.map((line) => `${safeText(line)}\n`).join('')
}
