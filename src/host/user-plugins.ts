import {existsSync} from 'node:fs'
import {homedir} from 'node:os'
import {join} from 'node:path'

/** Whether the user has ever installed or linked a plugin: then help and "not found" have to know theirs, too. */
export function hasPlugins(env: NodeJS.ProcessEnv): boolean {
  const data = env['AURORA_DATA_DIR'] ?? join(env['XDG_DATA_HOME'] || join(env['HOME'] || homedir(), '.local/share'), 'aurora')
  return existsSync(join(data, 'package.json'))
}
