import {existsSync} from 'node:fs'
import {join} from 'node:path'
import type {Account} from './account.ts'
import type {Directories} from './directories.ts'
import {LOG_PUMP} from './log-pump.ts'
import type {ThermosProcess} from './thermos-task.ts'

/** What a process needs to know of its task. */
export interface ProcessSite {
  directories: Directories
  account: Account
  /** Whether the processes change to the account (we are root), or run as we do. */
  switched: boolean
}

/**
 * Enters the sandbox and opens the output files with the rights of the account, not ours: it may have put links in their places, and these
 * must lead it nowhere that it could not go by itself. `$1` and `$2` are the log's and the console's folders, `$3` the destination, `$4` and `$5` size and
 * number of rotated files (or empty).
 */
const OPEN_OUTPUT = `logs=$1 console=$2 destination=$3 size=$4 backups=$5
shift 5
cd -P "$HOME" || exit 1
umask 022
${LOG_PUMP}
[ -z "$size" ] || [ "$size" -gt 0 -a "$backups" -gt 0 ] || exit 1
case $destination in
  none) exec >/dev/null 2>&1 ;;
  console) exec >>"$console/stdout" 2>>"$console/stderr" ;;
  *) /bin/mkdir -p -m 700 "$logs" || exit 1
     if [ "$destination$size" = file ]; then exec >>"$logs/stdout" 2>>"$logs/stderr"
     else exec > >(pump "$logs/stdout" "$console/stdout") 2> >(pump "$logs/stderr" "$console/stderr"); fi ;;
esac || exit 1
exec "$@"`

/** The command that a coordinator runs: it becomes the account, opens the output, clears the environment, and turns into bash with the cmdline. */
export function commandLine(process: ThermosProcess, run: number, site: ProcessSite): string[] {
  const {sandbox, run: console} = site.directories
  const {destination, rotate} = process.logger
  const logs = join(sandbox, '.logs', process.name, String(run))
  const limits = rotate === undefined ? ['', ''] : [String(rotate.logSize), String(rotate.backups)]
  const output = ['/bin/bash', '-c', OPEN_OUTPUT, 'thermos', logs, console, destination, ...limits]
  return [...accountCommand(site), ...output, '/usr/bin/env', '-i', ...environment(site), '/bin/bash', '-c', process.cmdline]
}

/** What another command begins with that is to run in the sandbox: the same for that alone. */
export const IN_SANDBOX = ['/bin/bash', '-c', 'cd -P "$HOME" && exec "$@"', 'thermos']

/** The whole environment of a task's processes, as `env -i` takes it. */
export function environment({directories: {sandbox}, account}: ProcessSite): string[] {
  const profile = join(sandbox, '.thermos_profile')
  return [
    `HOME=${sandbox}`,
    `LOGNAME=${account.name}`,
    `USER=${account.name}`,
    `PATH=${process.env['PATH'] ?? '/usr/bin:/bin'}`,
    ...(existsSync(profile) ? [`BASH_ENV=${profile}`] : []),
  ]
}

const SETPRIV = ['/usr/bin/setpriv', '/bin/setpriv', '/usr/sbin/setpriv']

/** Where util-linux's `setpriv` is: Node itself can change user and group, but would drop the other groups. */
export function setprivPath(): string | undefined {
  return SETPRIV.find((path) => existsSync(path))
}

/** What a command begins with to run with the rights of the task's account. */
export function accountCommand({switched, account: {uid, gid, groups}}: ProcessSite): string[] {
  if (!switched) return []
  return [setprivPath() ?? 'setpriv', `--reuid=${uid}`, `--regid=${gid}`, `--groups=${groups.join(',')}`, '--']
}
