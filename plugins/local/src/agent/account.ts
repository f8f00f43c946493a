import {execFile} from 'node:child_process'
import {readFile} from 'node:fs/promises'
import {userInfo} from 'node:os'
import {promisify} from 'node:util'

/** Whose rights a task's processes have. */
export interface Account {
  name: string
  uid: number
  gid: number
  /** All groups, the primary one among them. */
  groups: readonly number[]
}

export type AccountLookup = (role: string) => Promise<Account | undefined>

export function isRoot(): boolean {
  return process.getuid?.() === 0
}

/** Who started us; without root, everybody's tasks run so. */
export function ownAccount(): Account {
  const {username, uid, gid} = userInfo()
  return {name: username, uid, gid, groups: process.getgroups?.() ?? [gid]}
}

/** The account of that very name, as the machine's name service knows it; where there is no `getent`, as /etc/passwd and /etc/group do. */
export async function systemAccount(role: string): Promise<Account | undefined> {
  const line = (await database('passwd', role)).find((entry) => entry[0] === role)
  const [uid, gid] = [Number(line?.[2]), Number(line?.[3])]
  if (line === undefined || !Number.isSafeInteger(uid) || !Number.isSafeInteger(gid)) return undefined
  const groups = new Set([gid])
  for (const id of await supplementaryGroups(role)) groups.add(id)
  return {name: role, uid, gid, groups: [...groups]}
}

const run = promisify(execFile)

async function database(name: 'passwd' | 'group', key?: string): Promise<string[][]> {
  // A key is a role, hence untrusted: an option or a number (getent takes ids, too) is no account's name.
  if (key !== undefined && !/^[A-Za-z_][\w.-]*\$?$/.test(key)) return []
  const text = await run('getent', key === undefined ? [name] : [name, key], {encoding: 'utf8'}).then(
    ({stdout}) => stdout,
    (error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? readFile(`/etc/${name}`, 'utf8') : ''),
  )
  return text.split('\n').map((line) => line.split(':'))
}

async function supplementaryGroups(name: string): Promise<number[]> {
  const text = await run('id', ['-G', name], {encoding: 'utf8'}).then(
    ({stdout}) => stdout,
    () => undefined,
  )
  if (text !== undefined) return text.trim().split(/\s+/).map(Number).filter(Number.isSafeInteger)
  const groups = await database('group')
  return groups.filter(([, , , members]) => members?.split(',').includes(name)).map(([, , id]) => Number(id))
}
