import type {Place} from './values.ts'

/** Something that is wrong with a configuration. */
export interface Problem {
  /** Where: `jobs[2].task.processes[0].cmdline`; empty for the whole job. */
  readonly path: string
  readonly message: string
  /** What may have been meant, or what to do. */
  readonly hint?: string
  /** The line of the source, where it is known. */
  readonly place?: Place
}

/** The way to a part of a value: `['task', 'processes', 0, 'cmdline']`. */
export type Path = readonly (string | number)[]

export function formatPath(path: Path): string {
  let text = ''
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`
    else if (/^[A-Za-z_]\w*$/.test(step)) text += text === '' ? step : `.${step}`
    else text += `[${step}]`
  }
  return text
}

export function pathsOf(problems: readonly Problem[]): string[] {
  return problems.map(({path}) => path)
}
