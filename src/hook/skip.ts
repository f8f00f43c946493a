import {UserError} from '../model/errors.ts'
import {ExitCode} from '../model/exit-code.ts'

/** The hooks that the user does not want to run this time. */
export interface Skip {
  skips(hook: string): boolean
  /** The names given, none for `all`. */
  names: readonly string[]
}

/** Reads `--skip-hooks all|a,b` (reference/hooks.md §2.3). @throws UserError (exit 2) for an empty name. */
export function parseSkip(text: string | undefined): Skip {
  if (text === undefined) return {skips: () => false, names: []}
  const names = text.split(',')
  if (names.includes('')) {
    throw new UserError(`--skip-hooks: '${text}' has an empty name`, {
      code: 'skip-hooks.malformed',
      exitCode: ExitCode.usage,
      remedy: "Give names separated by commas, or 'all'.",
    })
  }
  if (names.includes('all')) return {skips: () => true, names: []}
  return {skips: (hook) => names.includes(hook), names}
}
