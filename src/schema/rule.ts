import type {Job} from './job.ts'
import {type Path, type Problem, formatPath} from './problem.ts'

/** A rule that jobs have to keep. */
export interface Rule {
  /** The fields that it looks at: it says nothing when one of them is wrong in itself. */
  readonly reads: readonly string[]
  readonly judge: (job: Job) => Iterable<Problem>
}

export type Finding = Omit<Problem, 'path'>

/** A rule about one field alone, wherever it occurs: `task.processes.*.name`. Fields that are not there keep it. */
export function fieldRule<Value>(
  pattern: string,
  is: (value: unknown) => value is Value,
  judge: (value: Value) => Finding | undefined,
): Rule {
  const steps = pattern.split('.')
  return {
    reads: [],
    *judge(job) {
      for (const [path, value] of valuesAt(job, steps, [])) {
        const finding = is(value) ? judge(value) : undefined
        if (finding) yield {path: formatPath(path), ...finding}
      }
    },
  }
}

export const isText = (value: unknown): value is string => typeof value === 'string'
export const isAmount = (value: unknown): value is number => typeof value === 'number'
export const isStruct = (value: unknown): value is object => typeof value === 'object' && value !== null

/** What a job does against the rules, as far as it can be judged: `wrong` are the paths of fields that are known to be wrong. */
export function judge(rules: readonly Rule[], job: Job, wrong: Iterable<string> = []): Problem[] {
  const paths = [...wrong]
  const fields = [...new Set(paths.map(withoutIndexes))]
  const isSound = (read: string): boolean => !fields.some((field) => isWithin(field, read) || isWithin(read, field))
  return rules
    .filter(({reads}) => reads.every(isSound))
    .flatMap((rule) => [...rule.judge(job)])
    .filter(({path}) => !paths.includes(path))
}

function* valuesAt(value: unknown, [step, ...rest]: readonly string[], path: Path): Generator<[Path, unknown]> {
  if (value === undefined || value === null) return
  if (step === undefined) yield [path, value]
  else if (step !== '*') yield* valuesAt((value as Record<string, unknown>)[step], rest, [...path, step])
  else if (Array.isArray(value)) for (const [i, item] of value.entries()) yield* valuesAt(item, rest, [...path, i])
  else for (const [name, item] of Object.entries(value)) yield* valuesAt(item, rest, [...path, name])
}

/** `task.processes.name` for `task.processes[0].name`. */
function withoutIndexes(path: string): string {
  return path.replaceAll(/\[[^\]]*\]/g, '')
}

function isWithin(path: string, container: string): boolean {
  return path === container || path.startsWith(`${container}.`)
}
