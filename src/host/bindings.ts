import {UserError} from '../model/errors.ts'
import {ExitCode} from '../model/exit-code.ts'

/** `--bind name=value` pairs, split at the first `=` (reference/commands.md §2.7). @throws UserError (exit 2). */
export function bindings(texts: readonly string[]): [name: string, value: string][] {
  return texts.map((text) => {
    const at = text.indexOf('=')
    if (at < 0) {
      throw new UserError('Binding parameter must be formatted name=value', {
        code: 'binding.malformed',
        exitCode: ExitCode.usage,
        remedy: `Got '${text}'; write for example --bind version=12.`,
      })
    }
    const name = text.slice(0, at)
    if (!/^[A-Za-z_]\w*(?:\.\w+|\[[\w\-./]+\])*$/.test(name)) {
      throw new UserError(`Could not parse binding parameter ${text}: '${name}' is no reference`, {
        code: 'binding.malformed',
        exitCode: ExitCode.usage,
        remedy: 'A name is like version, profile.cpu or ports[http].',
      })
    }
    return [name, text.slice(at + 1)]
  })
}
