import {UserError} from '../../model/errors.ts'
import {ExitCode} from '../../model/exit-code.ts'
import type {JournalHeader} from './header.ts'
import {seal} from './seal.ts'

/**
 * The words of a recorded command, with what was bound, which is not in the record, as it is given again.
 * @throws UserError when something is missing, or is not what it was
 */
export function givenWords({argv, salt}: Pick<JournalHeader, 'argv' | 'salt'>, bindings: readonly string[]): string[] {
  const digests = new Map(bindings.map((binding) => [seal(salt, binding), binding]))
  const missing: string[] = []
  const words = argv.map((word) => {
    if (typeof word === 'string') return word
    const given = digests.get(word.digest)
    if (given === undefined) missing.push(word.name)
    return given ?? ''
  })
  const problem = (text: string) =>
    new UserError(text, {
      code: 'run.bindings',
      exitCode: ExitCode.usage,
      remedy:
        'What is bound may be secret, so it is not in the record. Give what the run was begun with, name by name, with --bind NAME=VALUE.',
    })
  if (missing.length > 0) throw problem(`The run had values bound that are not given, or not as they were: ${missing.join(', ')}`)
  const recorded = new Set(argv.flatMap((word) => (typeof word === 'string' ? [] : [word.digest])))
  const others = [...digests].flatMap(([digest, binding]) => (recorded.has(digest) ? [] : [binding.split('=', 1)[0]]))
  if (others.length > 0) throw problem(`The run had nothing of this bound: ${others.join(', ')}`)
  return words
}
