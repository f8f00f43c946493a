import type {Json} from '../../model/json.ts'
import {type Written, type WrittenStruct, isList} from './written.ts'

// Texts of several lines are blocks; what no block can hold is one long line.
const YAML = {
  lineWidth: 0,
  blockQuote: 'literal',
  doubleQuotedMinMultiLineLength: Infinity,
  aliasDuplicateObjects: false,
  version: '1.2',
} as const

/** Jobs as plain data, of which YAML and JSON are made. */
export function dataOfJobs(jobs: readonly WrittenStruct[]): Json {
  return {jobs: jobs.map(plain)}
}

function plain(written: Written): Json {
  // As a text it keeps all its digits.
  if (typeof written === 'bigint') return String(written)
  if (typeof written !== 'object' || written === null) return written
  if (isList(written)) return written.map(plain)
  if ('pairs' in written) return object(written.pairs)
  const {fields, telling, bound} = written
  return object([...fields, ...telling, ...(bound.length === 0 ? [] : [['bind', {pairs: bound}] as const])])
}

function object(entries: readonly (readonly [string, Written])[]): Json {
  return Object.fromEntries(entries.map(([name, value]) => [name, plain(value)]))
}

export function jsonOf(jobs: readonly WrittenStruct[]): string {
  return `${JSON.stringify(dataOfJobs(jobs), null, 2)}\n`
}

export async function yamlOf(jobs: readonly WrittenStruct[], notes: readonly string[]): Promise<string> {
  const {stringify} = await import('yaml')
  const text = stringify(dataOfJobs(jobs), YAML)
  return notes.map((note) => `# ${note}\n`).join('') + text
}
