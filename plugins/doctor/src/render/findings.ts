import {safeLine} from '@auroractl/cli'
import {type Finding, type Status, worst} from '../finding.ts'

const MARKS: Record<Status, string> = {ok: 'ok', warning: 'WARNING', problem: 'PROBLEM'}
const SUMS: Record<Status, string> = {ok: 'All is well.', warning: 'It works; see the warnings.', problem: 'There are problems.'}

/** The findings as a table, each with what to do about it, and the sum of them. */
export function findingsText(findings: readonly Finding[]): string {
  const width = (field: 'check' | 'subject') => Math.max(...findings.map((finding) => safeLine(finding[field]).length))
  const [check, subject] = [width('check'), width('subject')]
  const lines = findings.flatMap((finding) => [
    `${MARKS[finding.status].padEnd(7)}  ${finding.check.padEnd(check)}  ${safeLine(finding.subject).padEnd(subject)}  ${safeLine(finding.text)}`,
    ...(finding.remedy === undefined ? [] : [`${' '.repeat(9)}→ ${safeLine(finding.remedy)}`]),
  ])
  return `${[...lines, '', SUMS[worst(findings)]].join('\n')}\n`
}
