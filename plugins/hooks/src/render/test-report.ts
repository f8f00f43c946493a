import {safeLine} from '@auroractl/cli'
import type {TestResult} from '../operations/test.ts'
import {table} from './table.ts'

/** The cases, what of the code ran, and what is missing. */
export function testReport({cases, coverage, problems, covered}: TestResult): string {
  const failed = cases.filter(({passed}) => !passed).length
  const lines = [
    ...cases.flatMap(({hook, name, passed, differences, log}) => [
      `${passed ? 'ok  ' : 'FAIL'}  ${hook}: ${name}`,
      ...differences.map((text) => `        ${text}`),
      ...(passed ? [] : log.map((text) => `        log: ${text}`)),
    ]),
    '',
    ...coverageLines(coverage),
    '',
    ...problems.map((text) => `problem: ${text}`),
    `${cases.length} ${cases.length === 1 ? 'case' : 'cases'}, ${failed} failed; ${covered} % of the lines ran`,
  ]
  return lines.map((line) => `${safeLine(line)}\n`).join('')
}

function coverageLines(coverage: TestResult['coverage']): string[] {
  const rows = coverage.map(({file, lines, functions, missed, missedFunctions}) => [
    file,
    `${lines.covered}/${lines.total}`,
    `${functions.covered}/${functions.total}`,
    [ranges(missed), missedFunctions.join(' ')].filter(Boolean).join('; ') || '-',
  ])
  return coverage.length === 0 ? [] : table([['FILE', 'LINES', 'FUNCTIONS', 'NEVER RAN'], ...rows])
}

/** `3, 7-9` */
function ranges(numbers: readonly number[]): string {
  const parts: [number, number][] = []
  for (const number of numbers) {
    const last = parts.at(-1)
    if (last && last[1] === number - 1) last[1] = number
    else parts.push([number, number])
  }
  return parts.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(', ')
}
