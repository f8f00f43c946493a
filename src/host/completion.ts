import {homedir} from 'node:os'
import {join} from 'node:path'

/**
 * The line that a shell evaluates at each start to have completion, as `autocomplete script` gives it: answered here because
 * shells wait for it. The completion itself is a file that `autocomplete` has written; no process of ours runs for it.
 */
export function completionSetup(argv: readonly string[], env: NodeJS.ProcessEnv): string | undefined {
  const [command, script, shell, ...rest] = argv
  if (command !== 'autocomplete' || script !== 'script' || rest.length > 0 || (shell !== 'bash' && shell !== 'zsh')) return undefined
  const cache = env['AURORA_CACHE_DIR'] ?? join(env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'aurora')
  const name = `AURORA_AC_${shell.toUpperCase()}_SETUP_PATH`
  const path = join(cache, 'autocomplete', `${shell}_setup`).replaceAll("'", "'\\''")
  return `\n${name}='${path}' && test -f "$${name}" && source "$${name}"; # aurora autocomplete setup\n\n`
}
