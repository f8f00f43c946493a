import {withLoginName} from './login-name.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** What a configuration finds in `os.environ`. */
export function environmentOf(env: Environment): Record<string, string> {
  return withLoginName(Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined)))
}
