import {existsSync, realpathSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {UserError} from '../model/errors.ts'
import {ExitCode} from '../model/exit-code.ts'

const NAMES = ['aurora.json', 'aurora.yaml']

/**
 * The nearest `aurora.json` or `aurora.yaml`, from a folder up to the top of its repository. Outside of a repository it is the folder's own
 * alone: what lies in a folder above, `/tmp` or a home, is of no project. @throws UserError (exit 3) where both are in one folder
 */
export function findProjectFile(folder: string, home: string): string | undefined {
  const start = real(folder)
  const top = real(home)
  let found: string | undefined
  for (let at = start; at !== top && at !== dirname(at); at = dirname(at)) {
    found ??= fileIn(at)
    if (existsSync(join(at, '.git'))) return found
  }
  return fileIn(start)
}

function fileIn(folder: string): string | undefined {
  const [found, another] = NAMES.map((name) => join(folder, name)).filter((path) => existsSync(path))
  if (found === undefined || another === undefined) return found
  throw new UserError(`${folder} has both an ${NAMES.join(' and an ')}`, {
    code: 'hooks.two-project-files',
    exitCode: ExitCode.invalidConfiguration,
    remedy: 'Put the hooks of both into one of them, and remove the other.',
  })
}

/** As it is, where it is not there: then nothing will be found in it. */
function real(folder: string): string {
  try {
    return realpathSync(folder)
  } catch {
    return folder
  }
}
