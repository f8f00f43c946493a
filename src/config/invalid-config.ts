import {UserError} from '../model/errors.ts'
import {ExitCode} from '../model/exit-code.ts'
import type {Problem} from '../schema/problem.ts'
import {firstLines, problemText} from './problem-text.ts'

/** A configuration that is refused, with all the reasons. */
export class InvalidConfig extends UserError {
  readonly problems: readonly Problem[]

  constructor(header: string, problems: readonly Problem[], file: string, code: string) {
    super(header + listed(problems, file), {code, exitCode: ExitCode.invalidConfiguration})
    this.problems = problems
  }
}

/** One in the same line, several below each other. */
function listed(problems: readonly Problem[], file: string): string {
  const texts = firstLines(
    problems.map((problem) => problemText(problem, file)),
    (more) => `… and ${more} more`,
  )
  return texts.length === 1 ? ` ${texts[0]}` : `\n${texts.map((each) => `  ${each.replaceAll('\n', '\n  ')}`).join('\n')}`
}
