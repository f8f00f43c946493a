import {spawnSync} from 'node:child_process'

/** A thing to measure: a command line, run whole. */
export interface Row {
  name: string
  command: readonly string[]
  /** The most that it may cost, for a person to compare; nothing asserts on it. */
  target?: string
  env?: NodeJS.ProcessEnv
  /** The exit code that shows that it did what it should. */
  exitCode?: number
}

/** Median wall time in milliseconds of each row; rows take turns, so that what the machine does meanwhile hits all alike. */
export function measure(rows: readonly Row[], rounds: number): Map<string, number> {
  const times = new Map(rows.map(({name}) => [name, [] as number[]]))
  for (const row of rows) once(row)
  for (let round = 0; round < rounds; round++) for (const row of rows) times.get(row.name)?.push(once(row))
  return new Map([...times].map(([name, values]) => [name, median(values)]))
}

function once({name, command: [program = '', ...args], env, exitCode = 0}: Row): number {
  const began = performance.now()
  const {status, stderr} = spawnSync(program, args, {env: env ?? process.env, stdio: ['ignore', 'ignore', 'pipe']})
  const took = performance.now() - began
  if (status !== exitCode) throw new Error(`${name} ended with ${status}: ${stderr.toString().slice(-2_000)}`)
  return took
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
