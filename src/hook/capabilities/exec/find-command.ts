import {access, constants, stat} from 'node:fs/promises'
import {isAbsolute, join} from 'node:path'

/** The folders of a PATH that mean the same wherever the command is run. */
export function absolutePath(path: string | undefined): string[] {
  return (path ?? '/usr/local/bin:/usr/bin:/bin').split(':').filter(isAbsolute)
}

/** The file that a command's name stands for; never one of the current folder. @throws Error when there is none */
export async function findCommand(command: string, path: string | undefined): Promise<string> {
  const candidates = isAbsolute(command) ? [command] : absolutePath(path).map((folder) => join(folder, command))
  for (const candidate of candidates) {
    if (await isExecutable(candidate)) return candidate
  }
  throw new Error(`there is no command '${command}' on this machine`)
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK)
    return (await stat(file)).isFile()
  } catch {
    return false
  }
}
