import {constants} from 'node:fs'
import {access, stat} from 'node:fs/promises'
import {diagnosis} from '@auroractl/cli'
import type {Finding} from '../finding.ts'

/** Whether the user's folders are the user's alone. */
export async function checkFolders(dataDir: string): Promise<Finding[]> {
  const {cacheFolder, stateFolder} = await diagnosis()
  const folders = {data: dataDir, state: stateFolder(process.env), cache: cacheFolder(process.env)}
  return Promise.all(Object.entries(folders).map(([name, path]) => checkFolder(name, path)))
}

async function checkFolder(subject: string, path: string): Promise<Finding> {
  const finding = {check: 'folders', subject}
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => error)
  if (found instanceof Error) {
    return found.code === 'ENOENT'
      ? {...finding, status: 'ok', text: `${path} is not there yet`}
      : {...finding, status: 'problem', text: found.message, remedy: 'See that it is yours.'}
  }
  const own = process.getuid?.()
  if (own !== undefined && found.uid !== own)
    return {...finding, status: 'problem', text: `${path} belongs to another user`, remedy: `chown it, or remove it as its owner.`}
  const writable = await access(path, constants.W_OK).then(
    () => true,
    () => false,
  )
  if (!writable) return {...finding, status: 'problem', text: `${path} cannot be written`, remedy: `chmod u+rwx ${path}`}
  if ((found.mode & 0o022) !== 0)
    return {...finding, status: 'problem', text: `${path} can be written by others, who then choose what runs`, remedy: `chmod 700 ${path}`}
  if ((found.mode & 0o077) !== 0 && subject !== 'cache')
    return {...finding, status: 'warning', text: `${path} can be read by others`, remedy: `chmod 700 ${path}`}
  return {...finding, status: 'ok', text: path}
}
