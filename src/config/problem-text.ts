import type {Problem} from '../schema/problem.ts'

/** A problem as a person reads it: `hello.aurora:12: jobs[0].task.name: message`, and below it what may have been meant. */
export function problemText({path, message, hint, place}: Problem, file: string): string {
  const at = place ? `${place.file}:${place.line}` : file
  const line = [at, path, message].filter((part) => part !== '').join(': ')
  return hint === undefined ? line : `${line}\n    ${hint}`
}

const MOST_SHOWN = 50
const MOST_CHARACTERS = 2_000

/** Lines for reading: the first of many, none of them endless, and how many more there are. */
export function firstLines(lines: readonly string[], more: (count: number) => string): string[] {
  const shown = lines.slice(0, MOST_SHOWN).map((line) => (line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS)}…` : line))
  return lines.length <= MOST_SHOWN ? shown : [...shown, more(lines.length - MOST_SHOWN)]
}
