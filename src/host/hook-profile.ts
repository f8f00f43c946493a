import {type Profile, profileHooks} from '../hook/profile.ts'
import {runsFolder} from '../operation/journal/folder.ts'

/** What hooks took in the user's past runs. */
export function pastHooks(env: NodeJS.ProcessEnv = process.env): Profile {
  return profileHooks(runsFolder(env))
}
