import {homedir} from 'node:os'
import {isAbsolute, join} from 'node:path'

/** Where the client keeps what happened: the user's own, to be created with 0700. */
export function stateFolder(env: NodeJS.ProcessEnv): string {
  const own = env['AURORA_STATE_DIR']
  if (own && isAbsolute(own)) return own
  const state = env['XDG_STATE_HOME']
  // A relative path there is to be ignored, says the XDG specification.
  return join(state && isAbsolute(state) ? state : join(env['HOME'] || homedir(), '.local/state'), 'aurora')
}
