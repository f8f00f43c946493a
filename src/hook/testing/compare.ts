import type {Json} from '../../model/json.ts'
import {matches} from '../condition.ts'
import type {Expectation, End} from './test-case.ts'

/** How a hook ended in a case, and what it did on the way. */
export interface Ending {
  decision: End
  reason?: string
  changes?: Json
  hint?: string
  /** `warn it is late` */
  log: readonly string[]
  /** `exec git status` */
  calls: readonly string[]
  state: Json
}

/** How an ending differs from what was expected, a line each; none when the case holds. */
export function differences(expected: Expectation, ending: Ending): string[] {
  const {decision, reason, hint, changes, log = [], calls = [], state} = expected
  if (ending.decision !== decision) return [`expected ${decision}, and it was ${shown(ending)}`]
  return [
    ...textDifference('the reason', reason, ending.reason),
    ...textDifference('the hint', hint, ending.hint),
    ...(changes === undefined || sameData(changes, ending.changes)
      ? []
      : [`expected the changes ${text(changes)}, and they were ${text(ending.changes)}`]),
    ...log
      .filter((pattern) => !ending.log.some((line) => matches(pattern, line)))
      .map((pattern) => `expected the log line '${pattern}'; there is ${list(ending.log)}`),
    ...missingCall(calls, ending.calls),
    ...(state === undefined || sameData(state, ending.state)
      ? []
      : [`expected the state ${text(state)}, and it was ${text(ending.state)}`]),
  ]
}

function shown({decision, reason, hint, changes}: Ending): string {
  return [
    decision,
    ...(reason === undefined ? [] : [reason]),
    ...(hint === undefined ? [] : [hint]),
    ...(changes === undefined ? [] : [text(changes)]),
  ].join(': ')
}

function textDifference(what: string, pattern: string | undefined, found = ''): string[] {
  return pattern === undefined || matches(pattern, found) ? [] : [`expected ${what} '${pattern}', and it was '${found}'`]
}

/** The first call that did not come after those before it. */
function missingCall(expected: readonly string[], made: readonly string[]): string[] {
  let at = 0
  for (const pattern of expected) {
    const found = made.findIndex((call, index) => index >= at && matches(pattern, call))
    if (found === -1) return [`expected the call '${pattern}'; there is ${list(made)}`]
    at = found + 1
  }
  return []
}

const list = (lines: readonly string[]) => (lines.length === 0 ? 'none' : lines.map((line) => `'${line}'`).join(', '))
const text = (value: Json | undefined) => JSON.stringify(value) ?? 'none'

function sameData(a: Json | undefined, b: Json | undefined): boolean {
  return process.getBuiltinModule('node:util').isDeepStrictEqual(a, b)
}
