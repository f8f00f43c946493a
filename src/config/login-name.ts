import {userInfo} from 'node:os'

/** The names of the environment that Python's `getpass.getuser()` asks, in its order. */
const NAMES = ['LOGNAME', 'USER', 'LNAME', 'USERNAME'] as const

/** The person who runs the command: as the environment says, else by the password database. */
export function loginName(env: Readonly<Record<string, string | undefined>>): string {
  return NAMES.map((name) => env[name]).find(Boolean) ?? userInfo().username
}

/** The environment with a name for that person, so that a program without a password database finds one. */
export function withLoginName(env: Record<string, string>): Record<string, string> {
  return NAMES.some((name) => env[name]) ? env : {...env, USER: loginName(env)}
}
