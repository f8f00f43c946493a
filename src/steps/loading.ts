import {UserError} from '../model/errors.ts'
import type {ExitCode} from '../model/exit-code.ts'

/** Loads a configuration; what is wrong with it is told under the header that scripts know (reference/commands.md §3, §8.1). */
export async function loading<Loaded>(load: () => Promise<Loaded>, header: string, exitCode: ExitCode): Promise<Loaded> {
  try {
    return await load()
  } catch (thrown) {
    if (!(thrown instanceof UserError)) throw thrown
    const {message, code, remedy, cause} = thrown
    throw new UserError(`${header} ${message}`, {code, exitCode, cause, ...(remedy === undefined ? {} : {remedy})})
  }
}
