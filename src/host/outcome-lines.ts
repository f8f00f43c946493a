import type {AuroraError} from '../model/errors.ts'
import {ExitCode} from '../model/exit-code.ts'
import {safeText} from '../terminal/safe-text.ts'

/** What is to be said of an outcome that is not `applied` beside its error. */
export interface OutcomeWords {
  status?: string
  done?: string
  left?: string
  findOut?: string
}

/** The same for a person (`changes`: the operation can change something), a line each: what was done, what is in doubt, what was not done. */
export function outcomeLines({exitCode}: AuroraError, {status, done, left, findOut}: OutcomeWords, changes: boolean): string[] {
  const nothing = changes && exitCode === ExitCode.interrupted && status === 'not-applied'
  return [
    ...(nothing ? ['Nothing was changed.'] : []),
    ...(done === undefined ? [] : [`Done before that: ${safeText(done)}`]),
    ...(findOut === undefined ? [] : [`It is not known whether it took effect. To find out: ${safeText(findOut)}`]),
    ...(left === undefined ? [] : [`Not done: ${safeText(left)}`]),
  ]
}
