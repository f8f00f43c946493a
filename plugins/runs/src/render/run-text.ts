import {type RecordedEvent, type RecordedRun, safeLine} from '@auroractl/cli'
import type {RunReport} from './run-report.ts'

/** A run for a person: what it was, what happened in it, and what can be done about it. */
export function runText(run: RecordedRun, report: RunReport): string {
  const {attempts, end} = run
  const lines = [
    `Run ${report.id}: ${report.status}`,
    `  ${report.command}`,
    `  begun ${report.started} by ${report.user} in ${report.folder}, with version ${report.version}`,
    ...attempts.flatMap(({header, events}) => [
      '',
      ...(header.attempt > 1 ? [`Resumed ${header.at}:`] : []),
      ...events.flatMap((event) => {
        const text = eventText(event)
        return text === undefined ? [] : [`  ${event.at.slice(11, 23)}  ${text}`]
      }),
    ]),
    '',
    ...(end?.message.split('\n') ?? []),
    ...(end?.left === undefined ? [] : [`Not done: ${end.left}`]),
    ...report.changes.flatMap(({state, name, findOut}) => (state === 'in-doubt' ? [`In doubt: ${name}. To find out: ${findOut}`] : [])),
    ...(report.resumable ? [`To go on: aurora runs resume ${report.id}`] : []),
  ]
  return `${lines
    .map((line) => safeLine(line))
    .join('\n')
    .trimEnd()}\n`
}

function eventText(event: RecordedEvent): string | undefined {
  switch (event.type) {
    case 'run.started':
      return `${event.operation} begins`
    case 'step.started':
      return `step ${event.step}`
    case 'hooks.saw':
      return `hooks of ${event.operation} are asked about ${event.digest}`
    case 'hook.finished':
      return `hook ${event.hook} (${event.source}) ${event.phase}: ${decisionText(event.decision)}`
    case 'hook.failed':
      return `hook ${event.hook} (${event.source}) ${event.phase} failed: ${event.reason}`
    case 'hook.power':
      return `hook ${event.hook} ${event.phase}: ${event.text}`
    case 'hooks.skipped':
      return `hooks skipped: ${event.hooks.join(', ')}${event.reason === undefined ? '' : ` (${event.reason})`}`
    case 'effect.intended':
      return `change: ${event.name}`
    case 'effect.done':
      return event.found ? '  done, as looking showed' : '  done'
    case 'effect.failed':
      return `  not done: ${event.message}`
    case 'effect.in-doubt':
      return `  in doubt: ${event.message}`
    case 'run.finished':
      return `${event.operation} ends: ${event.status}`
    default:
      return undefined
  }
}

function decisionText(decision: Extract<RecordedEvent, {type: 'hook.finished'}>['decision']): string {
  if (decision.decision === 'deny') return `deny: ${decision.reason}`
  return decision.decision === 'amend' ? `amend ${JSON.stringify(decision.changes)}` : 'allow'
}
