import {readFileSync, readdirSync} from 'node:fs'
import {join} from 'node:path'
import {parseArgs} from 'node:util'
import {bindings} from '../../../src/host/bindings.ts'

/** What an evaluation gave: the results of thunks, the records of jobs, or why the file was refused. */
export interface Evaluated {
  readonly error?: string
  readonly message?: string
  readonly results?: readonly (readonly [label: string, value: unknown])[]
  readonly jobs?: readonly Record<string, unknown>[]
}

/** One case of a folder of cases: a file, and what the original evaluator made of it. */
export interface Case {
  readonly name: string
  readonly file: string
  readonly bindings: readonly (readonly [name: string, value: string])[]
  /** Python 3's first, then Python 2's where it differs. */
  readonly expected: readonly Evaluated[]
}

/** Of the command line of `config evaluate`, what changes the records. */
const OPTIONS = {bind: {type: 'string', multiple: true}, json: {type: 'boolean'}} as const

/** @throws Error for a file without an expected result. */
export function casesIn(folder: string): Case[] {
  const files = readdirSync(folder)
  return files
    .filter((file) => file.endsWith('.aurora'))
    .toSorted()
    .map((file) => {
      const name = file.slice(0, -'.aurora'.length)
      const expected = ['.expected.json', '.expected.py27.json'].map((ending) => name + ending).filter((each) => files.includes(each))
      if (expected.length === 0) throw new Error(`${join(folder, file)} has no ${name}.expected.json`)
      const args = files.includes(`${name}.args`) ? readFileSync(join(folder, `${name}.args`), 'utf8') : ''
      const {bind = []} = parseArgs({args: args.split(/\s+/).filter(Boolean), options: OPTIONS}).values
      return {
        name,
        file: join(folder, file),
        bindings: bindings(bind),
        expected: expected.map((each) => parsePythonJson(readFileSync(join(folder, each), 'utf8')) as Evaluated),
      }
    })
}

/** Python's JSON has words for floats that JSON has not. */
function parsePythonJson(text: string): unknown {
  const words: Readonly<Record<string, string>> = {NaN: 'nan', Infinity: 'inf', '-Infinity': '-inf'}
  return JSON.parse(
    text.replace(/("(?:[^"\\]|\\.)*")|NaN|-?Infinity/g, (found, string?: string) => string ?? `{"float": "${words[found] ?? ''}"}`),
  )
}
